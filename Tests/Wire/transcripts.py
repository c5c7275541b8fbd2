# The recorded answers of the replaced program (EasyImages), and whether ours are the same: field by field, in the same order. A
# difference has to be named by the test with a short code and its reason: F… for what must differ (a fault of EasyImages), C… for what
# may (a choice of ours). The run prints them all as one table. A named difference that does not occur any more is an error too.

import json
import pathlib
import re

from answers import status_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
VECTORS = json.loads((ROOT / "Tests/Data/easyimages-vectors.json").read_text())
TRANSCRIPTS = {entry["name"]: entry for entry in VECTORS["http_transcripts"]["transcripts"]}
TABLE = ROOT / ".build-tests" / "easyimages-differences.md"

# What was compared in this run: name of the transcript -> {place: (item, reason)}.
compared = {}

# The same for recorded thumbnails, by what was asked for: they have a type and a size, and no body.
thumbnails = {}

# What stands for something that is different in every answer.
MASKS = [
    (re.compile(r"https?://(?:\[[0-9a-f:]+\]|[A-Za-z0-9.-]+)(?::\d+)?"), "http://HOST"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"), "TIME"),
    (re.compile(r"\b20\d\d/\d\d/\d\d/"), "Y/m/d/"),
    (re.compile(r"\b20\d\d_\d\d_\d\d_"), "Y_m_d_"),
    # Names of the style `short`, with the token's number.
    (re.compile(r"(?<=[/_])[0-9a-z]{2,7}(-\d+)?(?=\.[a-z]{3,4}\b)"), r"NAME\1"),
    (re.compile(r"(?<=[?&]hash=)[A-Za-z0-9_=%-]+"), "TOKEN"),
    (re.compile(r"(?<=[?&]key=)[A-Za-z0-9_=%-]+"), "TOKEN"),
]
FIELD_MASKS = {"memory": re.compile(r"\d+(\.\d+)?(bytes|KB|MB|GB)"), "systime": re.compile(r"\d{10}")}


def masked(value, field=None):
    if field in FIELD_MASKS and FIELD_MASKS[field].fullmatch(str(value)):
        return field.upper() if isinstance(value, str) else 0
    if isinstance(value, list):
        return [masked(element) for element in value]
    if isinstance(value, str):
        for pattern, mask in MASKS:
            value = pattern.sub(mask, value)
    return value


def fields_of(text):
    """The members of a JSON object in their order, or None for any other text."""
    try:
        members = json.loads(text, object_pairs_hook=lambda pairs: pairs)
    except ValueError:
        return None
    is_object = text.lstrip().startswith("{")
    return [(name, masked(value, name)) for name, value in members] if is_object else None


def differences(recorded, response, body):
    """Places where an answer is not as it was recorded: place -> (recorded, now)."""
    found = {}
    if recorded["status"] != status_of(response):
        found["status"] = (recorded["status"], status_of(response))
    headers = {name.lower(): value for name, value in response.headers.items()}
    wanted = {"content-type": recorded["content_type"]} if "content_type" in recorded else {}
    for name, value in {**wanted, **recorded.get("headers", {})}.items():
        if headers.get(name) != value:
            found[name] = (value, headers.get(name))
    then, now = fields_of(recorded["body"]), fields_of(body)
    if then is None or now is None:
        if masked(recorded["body"]) != masked(body):
            found["body"] = (recorded["body"], body)
        return found
    for name in dict(then).keys() | dict(now).keys():
        if dict(then).get(name, "(absent)") != dict(now).get(name, "(absent)"):
            found[name] = (dict(then).get(name, "(absent)"), dict(now).get(name, "(absent)"))
    common = dict(then).keys() & dict(now).keys()
    if [name for name, _ in then if name in common] != [name for name, _ in now if name in common]:
        found["order"] = ([name for name, _ in then], [name for name, _ in now])
    return found


def assert_recorded(name, response, because=None, body=None):
    """Compares an answer with the recorded one of this name.

    `because` names what differs and why: {"body": ("C 26", "an empty body is no JSON")}. Places are `status`, `body` (where one
    of both is no JSON object), a header in lower case, `order`, or a field. `body` replaces the answer's text before comparing.
    """
    text = body if body is not None else response.text if hasattr(response, "text") else response.body.decode()
    note(compared, name, differences(TRANSCRIPTS[name], response, text), because or {})
    return response


def assert_recorded_thumbnail(name, recorded, now, because):
    """Compares what a thumbnail is, place by place, with what it was; `because` as above."""
    note(thumbnails, name, {place: (recorded[place], now[place]) for place in recorded if recorded[place] != now[place]}, because)


def note(compared, name, found, because):
    """Keeps differences with their reasons; one without a reason is an error, and so is a reason without one."""
    unexplained = {place: pair for place, pair in found.items() if place not in because}
    assert not unexplained, f"{name}: recorded and now: {unexplained}"
    needless = set(because) - set(found)
    assert not needless, f"{name}: no difference any more in {needless}"
    compared.setdefault(name, {}).update({place: because[place] for place in found})


def table():
    """The explained differences of this run as a Markdown table, with what was the same in front of it."""
    lines = []
    if compared:
        lines += [f"{len(compared)} of {len(TRANSCRIPTS)} recorded answers compared, {same(compared)} of them field for field the same.", ""]
        lines += rows("recorded answer", compared)
    missing = [name for name in TRANSCRIPTS if name not in compared]
    if compared and missing:
        lines += ["", f"not compared in this run: {', '.join(missing)}"]
    if thumbnails:
        count = len(VECTORS["thumb_vectors"])
        lines += ["", f"{len(thumbnails)} of {count} recorded thumbnails compared, {same(thumbnails)} of them the same.", ""]
        lines += rows("recorded thumbnail", thumbnails)
    return lines


def same(compared):
    return sum(not found for found in compared.values())


def rows(title, compared):
    cells = [(name, place, *reason) for name, found in sorted(compared.items()) for place, reason in sorted(found.items())]
    head = [f"| {title} | differs in | item | because |", "| --- | --- | --- | --- |"]
    return head + [f"| {' | '.join(row)} |" for row in cells] if cells else []


def write_table():
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("# Recorded answers of the replaced program, and ours\n\n" + "\n".join(table()) + "\n")
