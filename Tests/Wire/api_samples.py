# The samples of the API page, taken from the page as a reader would.

import html
import pathlib
import re

JQUERY = pathlib.Path("/usr/share/javascript/jquery/jquery.min.js")


def samples(page, kind):
    """The samples of one kind, by operation."""
    return {operation: html.unescape(text) for operation, text in re.findall(rf'<pre id="(\w+)-{kind}" tabindex="0">(.*?)</pre>', page, re.S)}


def told_on_another_page(browser, sample, folder, picture):
    """What a script of the API page tells of its upload on a page of another site."""
    (folder / "jquery.js").write_bytes(JQUERY.read_bytes())
    (folder / "page.html").write_text(f'''<!DOCTYPE html><meta charset="utf-8"><title>x</title><script src="jquery.js"></script>
        <input type="file"><img id="preview" alt=""><button>go</button><script>
        const told = [];
        console.log = (...words) => told.push(words.join(" "));
        document.querySelector("button").onclick = async () => {{ {sample} }};
        </script>''')
    browser.open(f"file://{folder}/page.html")
    browser.driver.find_element("css selector", "input").send_keys(str(picture))
    browser.driver.find_element("css selector", "button").click()
    return browser.wait("told.length === 3 && told")
