# Texts of links, byte for byte, for names that mean something in the language that they are put into. The module runs in the browser, under
# the pages' policy.

import json

import pytest

import samples
from browser import HOST

URL = "https://img.example.org/i/2026/11/26/a.png"
LINK = {"url": URL, "name": "a.png", "thumb": "https://img.example.org/app/thumb.php?img=/i/2026/11/26/a.png&w=258&h=258",
        "del": "https://img.example.org/app/del.php?hash=x", "width": 640, "height": 480, "size": 1024}
HOSTILE = 'x] "y" <b>&lt; |`*\\[ 😀 照片'

# format, what differs from LINK, the text
GOLDEN = [
    ("link", {}, URL),
    ("markdown", {}, f"![a.png]({URL})"),
    ("markdown", {"name": HOSTILE}, f'![x\\] "y" \\<b>\\&lt; \\|\\`\\*\\\\\\[ 😀 照片]({URL})'),
    ("markdown", {"url": "https://img.example.org/i/a (1) <2>.png"}, "![a.png](https://img.example.org/i/a%20%281%29%20%3C2%3E.png)"),
    ("markdown", {"name": "IMG_2026_11.jpg"}, f"![IMG_2026_11.jpg]({URL})"),
    ("markdown", {"name": "a\n\n# b\u2028c"}, f"![a # b c]({URL})"),
    ("markdown", {"name": "\ufeffa\u202egpj.\u2066exe\u200f"}, f"![agpj.exe]({URL})"),
    ("markdown", {"name": "长" * 200}, f"![{'长' * 200}]({URL})"),
    ("markdown", {"url": "https://img.example.org/i/clip.mp4", "name": "clip"}, "[clip](https://img.example.org/i/clip.mp4)"),
    ("bbcode", {"name": HOSTILE}, f"[img]{URL}[/img]"),
    ("bbcode", {"url": "https://img.example.org/i/a[1].png"}, "[img]https://img.example.org/i/a%5B1%5D.png[/img]"),
    ("bbcode", {"url": "https://img.example.org/i/clip.WEBM?x=1"}, "[video]https://img.example.org/i/clip.WEBM?x=1[/video]"),
    ("html", {}, f'<img src="{URL}" alt="a.png">'),
    ("html", {"name": HOSTILE, "url": URL + "?a=1&b=2"},
     f'<img src="{URL}?a=1&amp;b=2" alt="x] &quot;y&quot; &lt;b&gt;&amp;lt; |`*\\[ 😀 照片">'),
    ("html", {"url": "https://img.example.org/i/clip.mp4", "name": 'c"l'},
     '<video src="https://img.example.org/i/clip.mp4" title="c&quot;l" controls></video>'),
    ("thumbnail", {}, LINK["thumb"]), ("thumbnail", {"thumb": ""}, URL),
    ("thumbnail", {"url": "https://img.example.org/i/clip.mp4"}, "https://img.example.org/i/clip.mp4"),
    ("delete", {}, LINK["del"]), ("delete", {"del": None}, ""),
    ("unknown", {}, URL),
]
TEMPLATES = [
    ("{url} {name} {thumb} {del} {width} {height} {size}", {}, f"{URL} a.png {LINK['thumb']} {LINK['del']} 640 480 1024"),
    ("{name:html}", {"name": HOSTILE}, "x] &quot;y&quot; &lt;b&gt;&amp;lt; |`*\\[ 😀 照片"),
    ("[{name:md}]", {"name": "a]"}, "[a\\]]"), ("{name:url}", {"name": "a b/照"}, "a%20b%2F%E7%85%A7"),
    ('"{name:quoted}"', {"name": 'a"\\'}, '"a\\"\\\\"'), ("{name:json}", {"name": 'a"\\'}, '"a\\"\\\\"'),
    ("{width:json} {width}", {"width": None}, "null "), ("{other} {url:other} {} { url }", {}, "{other} {url:other} {} { url }"),
    ('<img src="{url:html}" width="{width}" height="{height}">', {"width": None, "height": None}, f'<img src="{URL}">'),
    ('<img width="{width}" height="{height}">', {"height": None}, '<img width="640">'),
    # What a name holds is never a hole.
    ("{name} {url}", {"name": "{del} {url} $& $1"}, "{del} {url} $& $1 " + URL),
]


@pytest.fixture(scope="module")
def formats(chromium):  # noqa: F811
    """Calls a function of the module."""
    with samples.serving() as server:
        def call(name, *arguments):
            return chromium.driver.execute_async_script('''
                const [name, given, done] = arguments;
                import("/assets/formats.js").then(module => done(module[name](...given)), error => done("FAILED " + error));''', name, arguments)
        chromium.open(f"http://{HOST}:{server.server_port}/empty.html")
        yield call
        chromium.check()


@pytest.mark.parametrize("name, changes, text", GOLDEN)
def test_format(formats, name, changes, text):
    assert formats("textOf", name, LINK | changes) == text


@pytest.mark.parametrize("template, changes, text", TEMPLATES)
def test_template(formats, template, changes, text):
    assert formats("textOf", "custom", LINK | changes, template) == text


def test_presets(formats, chromium):  # noqa: F811
    presets = chromium.driver.execute_async_script('import("/assets/formats.js").then(module => arguments[0](module.presets))')
    texts = {name: formats("textOf", "custom", LINK | {"name": HOSTILE}, template) for name, template in presets.items()}
    assert json.loads(texts["JSON"]) == {"url": URL, "name": HOSTILE, "width": 640, "height": 480, "size": 1024}
    assert texts["<picture>"] == (f'<picture><img src="{URL}" alt="x] &quot;y&quot; &lt;b&gt;&amp;lt; |`*\\[ 😀 照片" width="640" height="480" '
                                  'loading="lazy"></picture>')
    assert texts["AsciiDoc"] == f'image::{URL}["x] \\"y\\" <b>&lt; |`*\\\\[ 😀 照片"]'
    assert texts["reStructuredText"] == f".. image:: {URL}\n   :alt: {HOSTILE}\n"


def test_presets_of_what_is_not_known_and_of_videos(formats, chromium):  # noqa: F811
    presets = chromium.driver.execute_async_script('import("/assets/formats.js").then(module => arguments[0](module.presets))')
    unknown = LINK | {"width": None, "height": None}
    assert formats("textOf", "custom", unknown, presets["<picture>"]) == f'<picture><img src="{URL}" alt="a.png" loading="lazy"></picture>'
    clip = {"url": "https://img.example.org/i/clip.mp4", "name": "clip"}
    assert {name: formats("textOf", "custom", clip, template) for name, template in presets.items()} == {
        "reStructuredText": f"`clip <{clip['url']}>`__\n", "AsciiDoc": f"video::{clip['url']}[]",
        "<picture>": f'<video src="{clip["url"]}" title="clip" controls></video>',
        "JSON": f'{{"url": "{clip["url"]}", "name": "clip", "width": null, "height": null, "size": null}}',
    }
    assert formats("textOf", "custom", clip, "own {url}") == f"own {clip['url']}"


def test_all(formats):
    links = [LINK, LINK | {"url": URL + "2", "del": ""}]
    assert formats("textOfAll", "link", links) == f"{URL}\n{URL}2"
    assert formats("textOfAll", "delete", links) == LINK["del"]


def test_the_last_format_stays(formats, chromium):  # noqa: F811
    chromium.run("localStorage.clear()")
    assert formats("lastFormat", "bbcode") == "bbcode"
    formats("rememberFormat", "html")
    assert formats("lastFormat", "bbcode") == "html"
    chromium.run('localStorage.setItem("imagebed.format", "junk")')
    assert formats("lastFormat", "bbcode") == "bbcode"
