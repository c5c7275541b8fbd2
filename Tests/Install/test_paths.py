# What is written more than once is the same everywhere: paths in the manual, both web servers and the executables; media types
# in both web servers and the program.

import re

import pytest

from script import function, PARTS, RESPONDERS, ROOT


def text(name):
    return (ROOT / name).read_text()


def manual():
    """Path: (methods, executable). (A unit test holds it against the table.)"""
    rows = re.findall(r"^\| `(/[^`]*)` \| ([A-Z ]+) \| `([a-z-]+)` \| (.+) \|$", text("docs/paths.md"), re.MULTILINE)
    assert rows, "docs/paths.md has no table"
    return {path: (set(methods.split()), executable) for path, methods, executable, _ in rows}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """A folder with the configuration of both web servers as it is installed below /pictures."""
    folder = tmp_path_factory.mktemp("rendered")
    for name in ["nginx", "apache"]:
        function(f"prefix=/pictures; render_folder {name} {folder}/{name}", folder)
    return folder


def nginx_paths(rendered):
    """Path: (executable, what the location takes)."""
    locations = dict(re.findall(r"^location (= /pictures/\S*|@\S+) \{ (.*) \}$", (rendered / "nginx/paths.conf").read_text(), re.MULTILINE))
    found = {}
    for name, body in locations.items():
        if name.startswith("= "):
            path = name.removeprefix("= /pictures")
            asked = locations[f"@{path}"] if "thumbnail.conf" in body else body
            assert "/responder.conf" in asked
            limit = re.search(r"(limits|forms|thumbnail)\.conf|client_max_body_size \w+", body)
            found[path] = re.search(r'fastcgi_pass "unix:/run/imagebed/([a-z-]+)\.sock"', asked)[1], limit and limit[0]
    return found


def apache_paths(rendered):
    rows = re.findall(r'^Use Responder "(/\S*)" ([a-z-]+)$', (rendered / "apache/paths.conf").read_text(), re.MULTILINE)
    return {path.replace("\\.", "."): executable for path, executable in rows}


def test_web_servers_have_the_paths_of_the_manual(rendered):
    expected = {path: executable for path, (_, executable) in manual().items()}
    assert {path: executable for path, (executable, _) in nginx_paths(rendered).items()} == expected
    assert apache_paths(rendered) == expected


def test_sizes_of_requests(rendered):
    """All others take no more than every location of the site."""
    limits = {path: limit for path, (_, limit) in nginx_paths(rendered).items() if limit}
    assert limits == {
        "/": "limits.conf", "/api/v1/upload.php": "limits.conf", "/api/v1/tus.php": "limits.conf",
        "/api/v1/json/sync.php": "client_max_body_size 52m", "/api/v1/json/conflicts.php": "client_max_body_size 52m",
        "/user/json.php": "client_max_body_size 52m", "/app/info.php": "limits.conf", "/application/info.php": "limits.conf",
        "/application/thumb.php": "thumbnail.conf", "/app/thumb.php": "thumbnail.conf", "/api/index.php": "forms.conf", "/api/": "forms.conf",
        "/app/upload.php": "forms.conf", "/application/upload.php": "forms.conf",
    }


def test_each_program_has_a_row():
    """It is called what its folder is, and takes its methods from the table."""
    names = {path.parent.name: re.search(r'^serve\("([a-z-]+)"', path.read_text(), re.MULTILINE) for path in ROOT.glob("Sources/*/main.swift")}
    assert {folder for folder, found in names.items() if found} == RESPONDERS == {executable for _, executable in manual().values()}
    assert all(found[1] == folder for folder, found in names.items() if found)


def test_nothing_names_a_path_that_is_not_there():
    """What cannot take paths from the table: the page of the API, and the shell of the installer."""
    files = [*ROOT.glob("htdocs/**/*.html"), *ROOT.glob("htdocs/**/*.js"), *PARTS, ROOT / "install.sh"]
    named = {(file.name, path) for file in files for path in re.findall(r"/(?:api|app|application|admin)/[\w/]*\.php", file.read_text())}
    assert len(named) > 5 and not {(file, path) for file, path in named if path not in manual()}


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
