# The colours of the style sheet and the sizes of what every page loads, computed from the files; no browser.

import gzip
import pathlib
import re

import pytest

ASSETS = pathlib.Path(__file__).resolve().parents[2] / "htdocs" / "assets"
SHEET = re.sub(r"/\*.*?\*/", "", (ASSETS / "site.css").read_text(), flags=re.DOTALL)
TOKENS, RULES = (lambda at: (SHEET[:at], SHEET[at:]))(SHEET.index("*, ::before"))
ACCENTS = ["default", "red", "green", "blue", "bluegrey", "indigo", "brown", "yellow", "purple", "black", "grey"]
# Bytes that gzip -9 may leave of what a first visit loads.
MOST = {"site.css": 9 * 1024, "page.js": 4 * 1024, "shortcuts.js": 1.5 * 1024, "copy.js": 1024, "formats.js": 2.5 * 1024, "tabs.js": 1.5 * 1024, "icons.svg": 3 * 1024}


def tokens(selector):
    """The custom properties of every block with exactly this selector, later ones first."""
    found = {}
    for block in re.findall(r"(?:^|[{}])\s*" + re.escape(selector) + r"\s*\{([^{}]*)\}", TOKENS):
        found |= dict(re.findall(r"(--[\w-]+):\s*([^;}]+?)\s*(?:;|$)", block))
    return found


LIGHT = tokens(":root")
DARK = tokens(':root[data-theme="dark"]')


def colours(scheme, accent):
    """Every colour of a scheme with this accent, by its name."""
    named = LIGHT | (DARK if scheme == "dark" else {})
    if accent != "default":
        named |= tokens(f':root[data-accent="{accent}"]')
    def value(name):
        text = named[name]
        return value(text[4:-1]) if text.startswith("var(") else text
    return {name[2:]: value(name) for name in named if re.fullmatch(r"#[0-9a-f]{6}|var\(--(accent|soft)-(light|dark)\)", named[name])}


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    return sum(weight * (part / 12.92 if part <= .04045 else ((part + .055) / 1.055) ** 2.4) for weight, part in zip((.2126, .7152, .0722), parts))


def contrast(one, other):
    less, more = sorted([luminance(one), luminance(other)])
    return (more + .05) / (less + .05)


GROUNDS = ["page", "surface", "raised"]
# What stands on what: foreground, backgrounds, least ratio.
PAIRS = [
    ("text", [*GROUNDS, "soft", "oksoft", "warnsoft", "badsoft"], 7), ("muted", [*GROUNDS, "soft"], 4.5),
    ("accent", [*GROUNDS, "soft"], 4.5), ("on", ["accent"], 4.5), ("edge", GROUNDS, 3),
    ("ok", [*GROUNDS, "oksoft"], 4.5), ("warn", [*GROUNDS, "warnsoft"], 4.5), ("bad", [*GROUNDS, "badsoft"], 4.5), ("page", ["ok", "bad"], 4.5),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_contrast(scheme, accent):
    named = colours(scheme, accent)
    weak = [f"{above} on {below}: {contrast(named[above], named[below]):.2f} < {least}"
            for above, grounds, least in PAIRS for below in grounds if contrast(named[above], named[below]) < least]
    assert weak == []


def test_contrast_is_computed_right():
    """Known ratios: WCAG's own extremes, and a grey whose ratio to white is often given as 4.54."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=.005)


def test_dark_is_the_same_when_the_system_chooses_it():
    automatic = re.search(r"@media \(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme=\"light\"\]\) \{([^{}]*)\}", SHEET)[1]
    assert dict(re.findall(r"(--[\w-]+):\s*([^;}]+?)\s*;", automatic)) == DARK


def test_every_accent_has_its_four_colours():
    for accent in ACCENTS[1:]:
        assert set(tokens(f':root[data-accent="{accent}"]')) == {"--accent-light", "--accent-dark", "--soft-light", "--soft-dark"}


def test_colours_are_tokens():
    """Outside of the tokens only what stands on a picture has a colour of its own."""
    assert set(re.findall(r"#[0-9a-f]{3,8}\b|rgb\([^)]*\)", RULES)) == {"#fff", "rgb(0 0 0 / .75)"}


def test_the_sheet_loads_nothing():
    assert "url(" not in SHEET and "@import" not in SHEET


def test_focus_is_never_hidden():
    assert re.findall(r"outline:\s*(?:none|0)\b", SHEET) == []


@pytest.mark.parametrize("name", sorted(MOST))
def test_size(name):
    assert len(gzip.compress((ASSETS / name).read_bytes(), 9)) <= MOST[name]


def test_size_of_the_picture_for_old_pages():
    content = (ASSETS.parent / "404.png").read_bytes()
    assert content[16:24] == (274).to_bytes(4, "big") + (141).to_bytes(4, "big") and len(content) <= 4096
