# The addresses that are recorded before a takeover and asked for again after it and after the way back: those of the sample install
# and of the small program beside it (old_program). Each has a kind, which says what must be equal (replay.py):
#
#   file      status, type and every byte
#   download  status and every byte; the type may be a better one
#   picture   status, and that it is a picture
#   page      that in the end, after redirects, a page in HTML comes with status 200
#   json      status, type, headers for other origins, and the JSON but for what is new in every answer
#   root      status and every byte, of a static file beside the pictures, and its type but for parameters
#   number    status
#   redirect  status, and where it leads
#   private   afterwards it is refused, and before it never was anybody's business
#   changed   is different on purpose: the status afterwards, and why

import dataclasses
import json
import pathlib
import urllib.parse


@dataclasses.dataclass(frozen=True)
class Address:
    path: str
    kind: str
    method: str = "GET"
    fields: tuple = ()
    #: What a form sends as its file: (field, name, content).
    file: tuple = ()
    #: Of the kind `changed`: the status afterwards, and why.
    status: int = 0
    why: str = ""

    @property
    def name(self):
        words = "&".join(f"{key}={value}" for key, value in self.fields)
        return " ".join(filter(None, [self.method, self.path, words, self.file[0] + "=@" + self.file[1] if self.file else ""]))


def quoted(path):
    return urllib.parse.quote(path, safe="/?=&")


def query(path, **values):
    return f"{path}?{urllib.parse.urlencode(values, safe='/')}"


def sample(folder):
    """What the sample install gave out (deletes.json)."""
    return json.loads((pathlib.Path(folder) / "deletes.json").read_text())


def of_pictures(record):
    """Every picture of the sample, its thumbnail, and what else there is for some of them."""
    there = [upload for upload in record["uploads"] if upload["state"] != "recycled" and "moved_to" not in upload]
    for upload in there:
        path = upload["stored_path"]
        yield Address(quoted(path), "file")
        yield Address(query("/app/thumb.php", img=path), "picture")
    for upload in there[:10]:
        yield Address(query("/app/down.php", dw=upload["stored_path"]), "download")
    for upload in there[:8]:
        yield Address(query("/app/info.php", img=upload["stored_path"]), "page")
    for upload in there:
        if "hide.php" in upload["response"]["url"]:
            yield Address("/app/hide.php?" + upload["response"]["url"].partition("?")[2], "download")
        if "thumb_file" in upload:
            yield Address(upload["response"]["thumb"].partition("example.test")[2], "file")
    for upload in record["uploads"]:
        if "moved_to" in upload:
            yield Address(quoted(upload["stored_path"]), "number")
            yield Address(query("/app/thumb.php", img=upload["stored_path"]), "picture")
            yield Address(query("/app/del.php", hash=upload["response"]["del"].partition("hash=")[2]), "json")
            yield Address(query("/app/down.php", dw=upload["stored_path"]), "download")


def of_thumbnails(path):
    for parameters in [{"w": 100}, {"h": 40}, {"w": 60, "h": 60, "zc": 1}, {"w": 60, "h": 90, "zc": 2}, {"w": 200, "q": 40},
                       {"width": 300, "height": 300}]:
        yield Address(query("/app/thumb.php", img=path, **parameters), "picture")
    yield Address(query("/app/thumb.php", img="/i/2025/07/01/nothing.jpg"), "picture")
    yield Address(query("/app/thumb.php", img=path.removeprefix("/i")), "picture")


def of_forms(record):
    """What both forms refuse, in their own words; what they take is tried apart (replay.py)."""
    tokens = {token["state"]: token["token"] for token in record["tokens"]}
    text = ("image", "letter.jpg", b"no picture at all")
    yield Address("/api/index.php", "json")
    yield Address("/api/", "json")
    yield Address("/api/index.php", "json", "OPTIONS")
    yield Address("/api/index.php", "json", "POST")
    yield Address("/api/index.php", "json", "POST", (("token", tokens["valid"]),))
    yield Address("/api/index.php", "json", "POST", (), text)
    yield Address("/api/index.php", "json", "POST", (("token", "nobody's"),), text)
    yield Address("/api/index.php", "json", "POST", (("token", tokens["expired"]),), text)
    yield Address("/api/index.php", "json", "POST", (("token", tokens["valid"]),), text)
    yield Address("/app/upload.php", "json")
    yield Address("/app/upload.php", "json", "POST")
    yield Address("/app/upload.php", "json", "POST", (), ("file", *text[1:]))
    yield Address("/app/upload.php", "json", "POST", (("sign", "1000"),), ("file", *text[1:]))


def of_pages():
    for path in ["/", "/index.php", "/app/list.php", "/app/history.php", "/app/DMCA.php", "/admin/terms.php",
                 "/admin/index.php", "/admin/", "/app/reset_password.php"]:
        yield Address(path, "page")
    for date in ["2025/07/01/", "2025/07/04/", "2025/07/28/", "2031/01/01/"]:
        yield Address(query("/app/list.php", date=date), "page")
    yield Address(query("/app/list.php", num="5", search="png"), "page")
    for path in ["/app/captcha.php", "/app/bing.php", "/app/hide.php", "/app/hide.php?key=nothing"]:
        yield Address(path, "picture")
    for name in ["time", "file", "today", "dir", "month"]:
        yield Address(query("/api/public.php", show=name), "number")
    for path in ["/api/public.php", "/api/public.php?show=used_space"]:
        yield Address(path, "download")
    for path in ["/app/del.php", "/app/del.php?hash=nothing"]:
        yield Address(path, "json")
    for path in ["/app/down.php", "/app/down.php?dw=/i/2025/07/01/nothing.jpg"]:
        yield Address(path, "download")
    # (In one sentence or another; what it holds never comes.)
    yield Address("/app/down.php?dw=/config/config.php", "number")
    yield Address("/i/2025/07/01/nothing.jpg", "number")
    yield Address("/nothing", "number")


def of_private_files():
    for path in ["/config/config.php", "/config/api_key.php", "/config/config.guest.php", "/config/install.lock", "/config/",
                 "/admin/logs/upload/2025-07.php", "/admin/logs/ipcounts/2025-07-01.php", "/i/recycle/2025_07_28_dba7xj.jpg",
                 "/program.php", "/upload.php", "/backup.sql", "/i/", "/i/2025/07/01/"]:
        yield Address(path, "private")


def of_root_files():
    """What an operator puts beside the program, and static files of its own."""
    for path in ["/robots.txt", "/favicon.ico", "/ads.txt", "/MP_verify_0a1b2c3d4e5f6071.txt", "/google0123456789abcdef.html", "/BingSiteAuth.xml",
                 "/.well-known/security.txt", "/public/images/404.png", "/public/images/logo.svg", "/public/static/style.css", "/docs/index.html",
                 "/docs/"]:
        yield Address(path, "root")
    yield Address("/public/static/page.js", "changed", status=404, why="scripts of the old pages are not served")


def of_gone_pages():
    reason = "there is no such page any more"
    yield Address("/admin/admin.inc.php", "changed", status=302, why="leads to the settings")
    yield Address("/app/viewlog.php", "changed", status=302, why="leads to the page of logs")
    yield Address("/app/info.php", "changed", status=404, why="the picture that says so has the status that says so")
    yield Address("/install/index.php", "changed", status=302, why="leads to the upload page")


def addresses(folder):
    """All of them, in the order in which they are asked for."""
    record = sample(folder)
    return [*of_pictures(record), *of_thumbnails(record["uploads"][0]["stored_path"]), *of_forms(record), *of_pages(), *of_private_files(),
            *of_root_files(), *of_gone_pages()]
