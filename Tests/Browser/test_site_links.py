# What is copied from the upload page of a real site, byte for byte, for names that mean something where they are pasted. The numbers at the tests
# are those of the design's acceptance checks.

import json
import pathlib
import sys

import pytest
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
import videos  # noqa: E402
from browser import browser, chromium  # noqa: E402, F401
from upload_page import UNTRUSTED  # noqa: E402
from upload_site import opened_page, upload_site  # noqa: E402
from using import clipboard  # noqa: E402

# The name as the person has it, in Markdown, and in an attribute of HTML.
NAMES = [
    ('a] "b" <c> & |d`*_ 😀 照片.jpg', 'a\\] "b" \\<c> \\& \\|d\\`\\*_ 😀 照片', "a] &quot;b&quot; &lt;c&gt; &amp; |d`*_ 😀 照片"),
    ("x" * 200 + ".jpg", "x" * 200, "x" * 200),
    ("长" * 200 + ".jpg", "长" * 200, "长" * 200),
    ("50% %22.jpg", "50% %22", "50% %22"),
    ("[img](https://evil.example).jpg", "\\[img\\](https://evil.example)", "[img](https://evil.example)"),
]
ROW = "#rows .act"
CLIP = "片'段\".mp4"


@pytest.fixture(scope="module")
def site():
    with upload_site("nginx") as running:
        yield running


@pytest.fixture(scope="module", params=["plain http", "secure"])
def page(request, site, chromium):  # noqa: F811
    """With all files uploaded. Over plain http to a name there is no clipboard API; a browser takes an address of its own machine for secure."""
    chromium.allowed = UNTRUSTED
    chromium.resize(1280)
    if request.param == "secure":
        chromium.tell("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    base = site.network.named_url if request.param == "plain http" else site.network.url
    chromium.faults()
    with opened_page(site, chromium, base) as page:
        assert page.browser.run("return isSecureContext") == (request.param == "secure")
        for number, (name, _, _) in enumerate(NAMES):
            page.paste(name, pictures.jpeg(seed=number), kind="image/jpeg")
        page.paste(CLIP, videos.sample("mp4"), kind="video/mp4")
        page.until(*["done"] * (len(NAMES) + 1))
        yield page
        chromium.check()


def golden(page):
    """The lines of each format."""
    urls, answers = page.links(), {entry["url"]: entry for entry in page.history().values()}
    assert len(set(urls)) == len(NAMES) + 1
    *pictures_, clip = urls
    both = list(zip(pictures_, NAMES))
    return {
        "link": urls,
        "markdown": [f"![{markdown}]({url})" for url, (_, markdown, _) in both] + [f"[片'段\"]({clip})"],
        "bbcode": [f"[img]{url}[/img]" for url in pictures_] + [f"[video]{clip}[/video]"],
        "html": [f'<img src="{url}" alt="{html}">' for url, (_, _, html) in both] + [f'<video src="{clip}" title="片&#39;段&quot;" controls></video>'],
        "thumbnail": [answers[url]["thumb"] for url in urls],
        "delete": [answers[url]["del"] for url in urls],
    }


def show(page, name):
    page.browser.run("document.querySelector(`[role=tab][data-format=${arguments[0]}]`).click()", name)


def copied(page, selector="#copy-all", number=0):
    """What Ctrl+V puts into a field after a press of a person, without which browsers copy nothing."""
    button = page.browser.driver.find_elements(By.CSS_SELECTOR, selector)[number]
    page.browser.wait("!arguments[0].hasAttribute('data-copied')", button)
    # The page's bar lies over what is scrolled to the window's edge.
    page.browser.run("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    page.browser.wait("arguments[0].hasAttribute('data-copied')", button)
    return clipboard(page.browser)


@pytest.mark.parametrize("name", ["link", "markdown", "bbcode", "html", "thumbnail", "delete"])
def test_5_all_links(page, name):
    expected = golden(page)[name]
    show(page, name)
    assert copied(page).split("\n") == expected


@pytest.mark.parametrize("name", ["link", "markdown", "bbcode", "html", "thumbnail"])
def test_5_one_link(page, name):
    expected = golden(page)[name]
    show(page, name)
    for number in (0, len(NAMES)):
        assert copied(page, ROW, number) == expected[number]


def test_5_no_delete_link_of_one_file(page):
    """The button of a row never copies it, whatever is shown."""
    expected = golden(page)["link"][0]
    show(page, "delete")
    assert copied(page, ROW) == expected


def test_5_templates(page):
    show(page, "custom")
    urls = page.links()

    def text(preset):
        page.browser.run('''const choice = document.getElementById("presets");
            choice.value = arguments[0];
            choice.dispatchEvent(new Event("change"));''', preset)
        return copied(page)

    stems = [name.rpartition(".")[0] for name, _, _ in NAMES] + ["片'段\""]
    found = [json.loads(line) for line in text("JSON").split("\n")]
    assert [(entry["url"], entry["name"]) for entry in found] == list(zip(urls, stems))
    assert found[0]["size"] == len(pictures.jpeg(seed=0))
    assert text("AsciiDoc").split("\n")[0] == f'image::{urls[0]}["a] \\"b\\" <c> & |d`*_ 😀 照片"]'
    assert text("reStructuredText").startswith(f'.. image:: {urls[0]}\n   :alt: a] "b" <c> & |d`*_ 😀 照片\n')
    assert text("<picture>").split("\n")[0] == (
        f'<picture><img src="{urls[0]}" alt="{NAMES[0][2]}" loading="lazy"></picture>')
