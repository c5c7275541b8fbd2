# What is copied from the upload page of a real site, byte for byte, for names that mean something where they are pasted. The numbers at the tests
# are those of the design's acceptance checks.

import pathlib
import sys

import pytest
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
import videos  # noqa: E402
from running_site import until  # noqa: E402
from upload_page import UNTRUSTED  # noqa: E402
from upload_site import opened_page, upload_site  # noqa: E402
from using import clipboard  # noqa: E402

# The name as the person has it, in Markdown, and in an attribute of HTML.
NAMES = [
    ('a] "b" <c> & |d`*_ 😀 照片.jpg', 'a\\] "b" \\<c> \\& \\|d\\`\\*_ 😀 照片.jpg', "a] &quot;b&quot; &lt;c&gt; &amp; |d`*_ 😀 照片.jpg"),
    ("x" * 200 + ".jpg", "x" * 200 + ".jpg", "x" * 200 + ".jpg"),
    ("长" * 200 + ".jpg", "长" * 200 + ".jpg", "长" * 200 + ".jpg"),
    ("50% %22.jpg", "50% %22.jpg", "50% %22.jpg"),
    ("[img](https://evil.example).jpg", "\\[img\\](https://evil.example).jpg", "[img](https://evil.example).jpg"),
]
ROW = "#rows .act"
CLIP = "片'段\".mp4"


@pytest.fixture(scope="module")
def site():
    with upload_site("nginx") as running:
        yield running


@pytest.fixture(scope="module", params=["plain http", "secure"])
def page(request, site, chromium):
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
        "markdown": [f"![{markdown}]({url})" for url, (_, markdown, _) in both] + [f"[片'段\".mp4]({clip})"],
        "bbcode": [f"[img]{url}[/img]" for url in pictures_] + [f"[video]{clip}[/video]"],
        "html": [f'<img src="{url}" alt="{html}">' for url, (_, _, html) in both] + [f'<video src="{clip}" title="片&#39;段&quot;.mp4" controls></video>'],
        # A video has none.
        "thumbnail": [answers[url]["thumb"] for url in pictures_] + [clip],
        "delete": [answers[url]["del"] for url in urls],
    }


def show(page, name):
    page.browser.run("document.querySelector(`[role=tab][data-format=${arguments[0]}]`).click()", name)


def assert_copied(page, expected, selector="#copy-all", number=0):
    """What Ctrl+V puts into a field after a press of a person, without which browsers copy nothing."""
    button = page.browser.driver.find_elements(By.CSS_SELECTOR, selector)[number]
    # The page's bar lies over what is scrolled to the window's edge.
    page.browser.run("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    text = until(lambda: (text := clipboard(page.browser)) == expected and text) or clipboard(page.browser)
    assert text.split("\n") == expected.split("\n")


@pytest.mark.parametrize("name", ["link", "markdown", "bbcode", "html", "thumbnail", "delete"])
def test_5_all_links(page, name):
    expected = "\n".join(golden(page)[name])
    show(page, name)
    assert_copied(page, expected)


@pytest.mark.parametrize("name", ["link", "markdown", "bbcode", "html", "thumbnail"])
def test_5_one_link(page, name):
    expected = golden(page)[name]
    show(page, name)
    for number in (0, len(NAMES)):
        assert_copied(page, expected[number], ROW, number)


def test_5_no_delete_link_of_one_file(page):
    """The button of a row never copies it, whatever is shown."""
    expected = golden(page)["link"][0]
    show(page, "delete")
    assert_copied(page, expected, ROW)


QUOTED = 'a] \\"b\\" <c> & |d`*_ 😀 照片.jpg'


@pytest.mark.parametrize("preset, first", [
    ("JSON", '{{"url": "{url}", "name": "' + QUOTED + '", "width": null, "height": null, "size": {size}}}'),
    ("AsciiDoc", 'image::{url}["' + QUOTED + '"]'), ("<picture>", '<picture><img src="{url}" alt="' + NAMES[0][2] + '" loading="lazy"></picture>'),
    ("reStructuredText", ".. image:: {url}\n   :alt: " + NAMES[0][0] + "\n"),
], ids=["JSON", "AsciiDoc", "picture", "reStructuredText"])
def test_5_templates(page, preset, first):
    """The button of a row fills the template too."""
    url = page.links()[0]
    show(page, "custom")
    page.browser.run('''const choice = document.getElementById("presets");
        choice.value = arguments[0];
        choice.dispatchEvent(new Event("change"));''', preset)
    assert_copied(page, first.format(url=url, size=len(pictures.jpeg(seed=0))), ROW)
