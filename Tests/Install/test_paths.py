# What is written more than once is the same everywhere: paths in the manual, both web servers and the executables; media types
# in both web servers and the program.

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]


def text(name):
    return (ROOT / name).read_text()


def manual():
    """Path: (methods, executable)."""
    rows = re.findall(r"^\| `(/[^`]+)` \| ([A-Z ]+) \| `([a-z-]+)` \| (.+) \|$", text("docs/paths.md"), re.MULTILINE)
    assert rows, "docs/paths.md has no table"
    return {path: (set(methods.split()), executable) for path, methods, executable, _ in rows}


def nginx_paths():
    rows = re.findall(r"^location = @PREFIX@(/\S+)\s+\{ (.*) \}$", text("nginx/paths.conf"), re.MULTILINE)
    return {path: nginx_executable(body) for path, body in rows}


def nginx_executable(body):
    if "thumbnail.conf" in body:
        body = re.search(r"^location @thumb\s+\{ (.*) \}$", text("nginx/paths.conf"), re.MULTILINE)[1]
    assert "responder.conf" in body
    return re.search(r'fastcgi_pass "unix:@RUN@/([a-z-]+)\.sock"', body)[1]


def apache_paths():
    rows = re.findall(r'^Use Responder "(/\S+)"\s+([a-z-]+)$', text("apache/paths.conf"), re.MULTILINE)
    return {path.replace("\\.", "."): executable for path, executable in rows}


def test_manual_and_web_servers_name_the_same_paths():
    expected = {path: executable for path, (_, executable) in manual().items()}
    assert nginx_paths() == expected
    assert apache_paths() == expected


def test_executables_answer_to_the_methods_of_the_manual():
    for path, (methods, executable) in manual().items():
        main = text(f"Sources/{executable}/main.swift")
        name, allowed = re.search(r'^serve\("([a-z-]+)", methods: \[([^]]+)\]', main, re.MULTILINE).groups()
        assert name == executable
        assert {word.strip(" .").upper() for word in allowed.split(",")} == methods, path


def test_every_responder_has_a_path():
    responders = {path.parent.name for path in ROOT.glob("Sources/*/main.swift") if 'serve("' in path.read_text()}
    assert responders == {executable for _, executable in manual().values()}


def swift_types():
    source = text("Sources/Media/MediaType.swift")
    mime = dict(re.findall(r'case \.(\w+): "((?:image|video)/[^"]+)"', source))
    spelt = dict(re.findall(r'case \.(\w+): \[([^]]+)\]', source))
    found = {}
    for name, kind in mime.items():
        for extension in re.findall(r'"(\w+)"', spelt.get(name, f'"{name}"')):
            found[extension] = kind
    return found


def nginx_types():
    rows = re.findall(r"^    (\S+/\S+)\s+([\w ]+);$", text("nginx/types.conf"), re.MULTILINE)
    return {extension: kind for kind, extensions in rows for extension in extensions.split()}


def apache_types():
    rows = re.findall(r'<FilesMatch "\(\?i\)\\\.\(([^)]+)\)\$">\n    ForceType (\S+)', text("apache/types.conf"))
    return {extension: kind for extensions, kind in rows for extension in extensions.split("|")}


def test_media_types():
    expected = swift_types()
    assert len(expected) > 18
    assert nginx_types() == expected
    assert apache_types() == expected


def test_pictures_of_an_old_cache():
    """Its folder also holds what is not a picture, so there the names decide."""
    expected = {extension for extension, kind in swift_types().items() if kind.startswith("image/")}
    for name in ["nginx/locations.conf", "apache/locations.conf"]:
        assert set(re.search(r"cache\|thumbnails\)/\(\?!\.\*\\\.\(\?:([a-z|]+)\)", text(name))[1].split("|")) == expected


def test_no_header_decides_about_urls():
    """Addresses in answers come from the settings, so the host that a client names does not even reach a program."""
    parameters = dict(re.findall(r"^fastcgi_param (\S+)\s+(.*);$", text("nginx/fastcgi.params"), re.MULTILINE))
    assert parameters["HTTP_PROXY"] == '""'
    assert not {"SERVER_NAME", "HTTP_HOST", "SERVER_PORT"} & set(parameters)
