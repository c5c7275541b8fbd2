# The buttons of EasyImages' pages for administrators, which post to /app/del.php. Everything they name is in the tree or is nothing.

import pytest

import pictures
from accounts import form_token, session_of
from answers import headers_of
from client import Client
from old_forms import OldClient
from old_site import TOKENS, UPLOADS
from transcripts import assert_recorded

PAGE = "/app/del.php"
FOLDER = "2026/11/24"


class Administrator(Client):
    """Somebody whose browser is logged in; forms carry the token of the page."""

    def __init__(self, site, name="keeper", role="admin"):
        super().__init__(site)
        self.cookies = session_of(site, name, role)

    def post(self, fields, headers=None, token=True):
        if token:
            fields = {**fields, "form_token": form_token(self.cookies) if token is True else token}
        return self.request("POST", PAGE, data=fields, cookies=self.cookies, headers=headers)

    def do(self, fields):
        """Code and message of the answer."""
        response = self.post(fields)
        assert response.status_code == 200 and headers_of(response)["content-type"] == "text/html;charset=utf-8", response.text
        answer = response.json()
        return answer["code"], answer["msg"]


@pytest.fixture(scope="module")
def admin(old_site):
    return Administrator(old_site)


@pytest.fixture
def put(old_site):
    """Puts a picture at a path of the tree, recorded or not, and returns its stored path."""
    def place(path, recorded=True, content=None):
        file = old_site.stored_file("/i/" + path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content or pictures.jpeg(seed=len(path)))
        if recorded:
            old_site.query("DELETE FROM file WHERE path = ?", path)
            old_site.query("""INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
                              VALUES (?, 'a', 'jpeg', 'image', ?, x'', x'', 1700000000)""", path, file.stat().st_size)
        return "/i/" + path
    return place


@pytest.fixture
def untouched(old_site):
    """What lies around the tree, and the tree, are afterwards what they were before."""
    outside = old_site.old.parent / "canary.jpg"
    outside.write_bytes(pictures.jpeg(seed=3))

    def seen():
        return {path: path.read_bytes() if path.is_file() else None for path in [outside, *old_site.old.rglob("*"), *old_site.data.glob("*")]
                if "imagebed.db" not in path.name}

    before = seen()
    yield
    after = seen()
    assert after.keys() == before.keys() and after == before
    outside.unlink()


def exists(site, stored):
    return site.stored_file(stored).exists()


def rows(site, path):
    return [state for state, in site.query("SELECT state FROM file WHERE path = ?", path)]


# Single pictures

def test_recorded_answers(admin, old_site, put):
    first = put(f"{FOLDER}/5fiq8r.jpg")
    assert_recorded("adm_delete", admin.post({"url": first, "mode": "delete"}))
    assert not exists(old_site, first) and rows(old_site, first[3:]) == [] and not any("5fiq8r" in name for name in old_site.files("recycle"))
    assert_recorded("adm_delete_again", admin.post({"url": first, "mode": "delete"}))
    second = put(f"{FOLDER}/5filvm.jpg")
    assert_recorded("adm_delete_full", admin.post({"url": admin.url + second, "mode": "delete"}))
    assert not exists(old_site, second)
    assert_recorded("adm_delete_nourl", admin.post({"mode": "delete"}))
    third = put(f"{FOLDER}/5fioxf.jpg")
    assert_recorded("adm_recycle", admin.post({"url": third, "mode": "recycle"}))
    assert not exists(old_site, third) and (old_site.old / "i/recycle/2026_11_24_5fioxf.jpg").exists()
    assert_recorded("adm_recycle_again", admin.post({"url": third, "mode": "recycle"}))
    assert_recorded("adm_restore", admin.post({"url": "2026_11_24_5fioxf.jpg", "mode": "recycle_reimg"}))
    assert exists(old_site, third) and rows(old_site, third[3:]) == [0]
    assert_recorded("adm_restore_again", admin.post({"url": "2026_11_24_5fioxf.jpg", "mode": "recycle_reimg"}))
    fourth = put(f"{FOLDER}/5filnj.jpg")
    assert_recorded("adm_recycle_full", admin.post({"url": admin.url + fourth, "mode": "recycle"}))
    assert exists(old_site, fourth)
    suspect = old_site.stored_file("/i/suspic/2026_11_24_susp.jpg")
    suspect.parent.mkdir(exist_ok=True)
    suspect.write_bytes(pictures.jpeg())
    assert_recorded("adm_susp", admin.post({"url": suspect.name, "mode": "suspic_reimg"}))
    assert exists(old_site, f"/i/{FOLDER}/susp.jpg") and rows(old_site, f"{FOLDER}/susp.jpg") == [0]
    assert_recorded("adm_susp_again", admin.post({"url": suspect.name, "mode": "suspic_reimg"}))


def test_recorded_answers_for_many(admin, old_site, put):
    paths = [put(f"{FOLDER}/5fiq9a.jpg"), put(f"{FOLDER}/5fiuqb.jpg")]
    assert_recorded("adm_del_array", admin.post({"del_url_array[]": [paths[0], admin.url + paths[1], "/i/none.jpg"]}))
    assert not any(exists(old_site, path) for path in paths)
    paths = [put(f"{FOLDER}/r1.jpg"), put(f"{FOLDER}/r2.jpg", recorded=False)]
    assert_recorded("adm_rec_array", admin.post({"recycle_url_array[]": paths}))
    assert not any(exists(old_site, path) for path in paths)
    assert {"2026_11_24_r1.jpg", "2026_11_24_r2.jpg"} <= set(old_site.files("recycle"))
    whole = put(f"{FOLDER}/5fit0x.jpg")
    assert_recorded("adm_inc", admin.post({"url_admin_inc": admin.url + whole}))
    assert not exists(old_site, whole)
    assert_recorded("adm_inc_again", admin.post({"url_admin_inc": admin.url + whole}))


def test_recorded_answers_for_folders(admin, old_site, put):
    put("zz/a.jpg")
    assert_recorded("adm_delDir", admin.post({"url": "zz/", "mode": "delDir"}))
    assert not (old_site.old / "i/zz").exists()
    assert_recorded("adm_delDir_again", admin.post({"url": "zz/", "mode": "delDir"}))
    put("zz/b.jpg")
    path = {"url": ("F 21", "no path of the server in an answer: what was sent comes back")}
    assert_recorded("adm_dateDir", admin.post({"dateDir": "zz/"}), path)
    assert not (old_site.old / "i/zz").exists()
    assert_recorded("adm_dateDir_again", admin.post({"dateDir": "zz/"}), path)


def test_recorded_answers_that_do_nothing(admin, old_site, untouched):
    assert_recorded("adm_version", admin.post({"url": "/admin/logs/version/version.json", "mode": "del_version_file"}))
    assert_recorded("adm_opcache_on", admin.post({"mode": "OPcache"}))
    assert_recorded("adm_unknownmode", admin.post({"url": "x", "mode": "nope"}))
    stored = UPLOADS[1]["stored_path"]
    assert_recorded("adm_get", admin.get(f"{PAGE}?mode=delete&url={stored}", cookies=admin.cookies))
    assert admin.post({}).text == "" and admin.post({"url": stored}).text == ""


def test_addresses_that_browsers_show(admin, old_site, put):
    """Percent-encoded, under one of the addresses of pictures, or without the folder's name."""
    stored = put("2026/11/24/假 日&.jpg")
    assert admin.do({"url": admin.url + "/i/2026/11/24/%E5%81%87%20%E6%97%A5%26.jpg", "mode": "delete"}) == (200, "删除成功")
    assert not exists(old_site, stored)
    with old_site.setting(picture_urls="https://a.example/, https://pics.example/x", hide_path="on"):
        for address in ["https://pics.example/x/2026/11/24/s.jpg", "https://a.example/i/2026/11/24/s.jpg", admin.url + "/2026/11/24/s.jpg"]:
            stored = put("2026/11/24/s.jpg")
            assert admin.do({"url_admin_inc": address}) == (200, "删除成功"), address
            assert not exists(old_site, stored)
        put("2026/11/24/s.jpg")
        assert admin.do({"url_admin_inc": "https://b.example/i/2026/11/24/s.jpg"}) == (404, "删除失败")
    assert exists(old_site, "/i/2026/11/24/s.jpg")


def test_a_restored_picture_has_its_small_picture_again(admin, old_site):
    """It has an address of its own, which stands in answers and pages."""
    with old_site.setting(thumbnail_mode="upload"):
        answer = OldClient(old_site, TOKENS[0]).api(pictures.jpeg(300, 300), "small.jpg").json()
        small = admin.get(answer["thumb"]).content
        assert admin.get(answer["del"]).json()["code"] == 200 and admin.get(answer["thumb"]).status_code == 404
        flat = answer["url"].removeprefix(admin.url + "/i/").replace("/", "_")
        assert admin.do({"url": flat, "mode": "recycle_reimg"}) == (200, "恢复成功")
        assert admin.get(answer["thumb"]).content == small and admin.get(answer["url"]).status_code == 200


def test_what_lies_aside_is_deleted_for_good(admin, old_site, put):
    put(f"{FOLDER}/aside.jpg")
    admin.do({"url": f"/i/{FOLDER}/aside.jpg", "mode": "recycle"})
    flat = "2026_11_24_aside.jpg"
    assert flat in old_site.files("recycle")
    assert admin.do({"url": "/i/recycle/" + flat, "mode": "delete"}) == (200, "删除成功")
    assert flat not in old_site.files("recycle") and rows(old_site, f"{FOLDER}/aside.jpg") == []
    for kept in ["suspic/2026_11_24_s.jpg", "cache/2026_11_24_c.jpg"]:
        put(kept, recorded=False)
        assert admin.do({"url": "/i/" + kept, "mode": "delete"}) == (200, "删除成功")
        assert not exists(old_site, "/i/" + kept)
    assert admin.do({"url": "/i/recycle/" + flat, "mode": "delete"}) == (404, "删除失败")
    # Of those folders nothing can be recycled.
    put("cache/2026_11_24_c.jpg", recorded=False)
    assert admin.do({"url": "/i/cache/2026_11_24_c.jpg", "mode": "recycle"}) == (404, "回收失败")


@pytest.mark.parametrize("name, path", [
    ("2026_11_24_photo_1.jpg", "2026/11/24/photo_1.jpg"), ("anna_2026_11_24_a.jpg", "anna/2026/11/24/a.jpg"), ("2026_11_24__x_.jpg", "2026/11/24/_x_.jpg"),
])
def test_restoring_without_a_row(admin, old_site, put, name, path):
    """C 35: by the date folder that is there, so that names with `_` come back too."""
    put(path.rpartition("/")[0] + "/neighbour.jpg")
    content = pictures.jpeg(seed=21)
    (old_site.old / "i/recycle" / name).write_bytes(content)
    assert admin.do({"url": name, "mode": "recycle_reimg"}) == (200, "恢复成功")
    assert old_site.stored_file("/i/" + path).read_bytes() == content and rows(old_site, path) == [0]
    assert admin.do({"url": "/i/" + path, "mode": "delete"}) == (200, "删除成功")


def test_restoring_replaces_nothing(admin, old_site, put):
    stored = put(f"{FOLDER}/twice.jpg")
    admin.do({"url": stored, "mode": "recycle"})
    put(f"{FOLDER}/twice.jpg", recorded=False, content=pictures.jpeg(seed=77))
    assert admin.do({"url": "2026_11_24_twice.jpg", "mode": "recycle_reimg"}) == (404, "恢复失败")
    assert old_site.stored_file(stored).read_bytes() == pictures.jpeg(seed=77)
    (old_site.old / "i/recycle/2026_11_24_text.jpg").write_bytes(b"no picture")
    assert admin.do({"url": "2026_11_24_text.jpg", "mode": "recycle_reimg"}) == (404, "恢复失败")


# Folders

def test_a_folder_goes_to_the_recycle_bin(admin, old_site, put):
    paths = [put("anna/2026/12/01/a.jpg"), put("anna/2026/12/01/b/c.jpg"), put("anna/2026/12/01/by-hand.png", recorded=False, content=pictures.still("png")),
             put("anna/2026/12/01/notes.txt", recorded=False, content=b"notes"), put("anna/2026/12/012.jpg"), put("anna/2026/12/010/x.jpg")]
    contents = {path: old_site.stored_file(path).read_bytes() for path in paths}
    folder = old_site.stored_file("/i/anna/2026/12/01")
    (folder / "out.jpg").symlink_to(old_site.old / "config/config.php")
    (folder / "out").symlink_to(old_site.old / "config")
    (folder / ".user.ini").write_bytes(b"x")
    thumbnail = admin.get("/application/thumb.php?img=" + paths[0])
    assert thumbnail.status_code == 200
    assert admin.do({"url": "anna/2026/12/01", "mode": "delDir"}) == (200, "删除文件夹成功")
    assert not folder.exists() and (old_site.old / "config/config.php").exists()
    for path in paths[:4]:
        flat = path.removeprefix("/i/").replace("/", "_")
        assert (old_site.old / "i/recycle" / flat).read_bytes() == contents[path]
    assert [rows(old_site, path[3:]) for path in paths[:4]] == [[2], [2], [], []]
    assert admin.get("/application/thumb.php?img=" + paths[0]).status_code == 404 and admin.get(paths[0]).status_code == 404
    # Neighbours whose names only begin like it stay.
    assert all(exists(old_site, path) and rows(old_site, path[3:]) == [0] for path in paths[4:])
    assert admin.do({"url": "anna_2026_12_01_a.jpg", "mode": "recycle_reimg"}) == (200, "恢复成功")
    assert old_site.stored_file(paths[0]).read_bytes() == contents[paths[0]]


def test_a_folder_twice(admin, old_site, put):
    """The second time the flat names are taken."""
    for content in [pictures.jpeg(seed=1), pictures.jpeg(seed=2)]:
        put("twice/a.jpg", recorded=False, content=content)
        assert admin.do({"url": "/twice/", "mode": "delDir"}) == (200, "删除文件夹成功")
    bin_ = old_site.old / "i/recycle"
    assert (bin_ / "twice_a.jpg").read_bytes() == pictures.jpeg(seed=1) and (bin_ / "twice_a~-1.jpg").read_bytes() == pictures.jpeg(seed=2)


def test_uploads_go_on_into_a_folder_that_was_deleted(admin, old_site):
    """Each responder holds the folder of this month open."""
    answer = admin.uploaded(pictures.jpeg())
    folder = answer["url"].removeprefix(admin.url + "/i/").rpartition("/")[0]
    for _ in range(3):
        assert admin.do({"url": folder, "mode": "delDir"}) == (200, "删除文件夹成功")
        assert all(admin.get(admin.uploaded(pictures.jpeg(seed=seed))["url"]).status_code == 200 for seed in range(8))


@pytest.mark.parametrize("folder", ["cache/", "/suspic/", "suspic", "/cache"])
def test_folders_of_the_tree_are_emptied(admin, old_site, put, folder):
    name = folder.strip("/")
    for path in [f"{name}/a.jpg", f"{name}/b/c.txt"]:
        put(path, recorded=False)
    before = old_site.files("recycle")
    assert admin.do({"url": folder, "mode": "delDir"}) == (200, "删除文件夹成功")
    assert list((old_site.old / "i" / name).iterdir()) == [] and old_site.files("recycle") == before


def test_the_recycle_bin_is_emptied(admin, old_site, put):
    stored = put(f"{FOLDER}/last.jpg")
    admin.do({"url": stored, "mode": "recycle"})
    assert len(old_site.files("recycle")) > 0
    assert admin.do({"url": "/recycle/", "mode": "delDir"}) == (200, "删除文件夹成功")
    assert old_site.files("recycle") == [] and old_site.query("SELECT * FROM file WHERE state = 2") == []
    put(f"{FOLDER}/last.jpg")
    assert admin.do({"url": stored, "mode": "recycle"}) == (200, "回收成功")


# Who may

def test_forms_of_other_sites(admin, old_site, put, untouched):
    stored = UPLOADS[1]["stored_path"]
    fields = {"url": stored, "mode": "delete"}
    foreign = [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", "Origin": admin.url}, {"Sec-Fetch-Site": "same-site"},
               {"Origin": "null"}, {"Referer": admin.url + "/app/list.php"}]
    for headers in foreign:
        assert admin.post(fields, headers, token=False).text == "Permission denied", headers
    for token in ["x", "0" * 64, form_token(session_of(old_site, "keeper", "admin"))]:
        assert admin.post(fields, {"Origin": admin.url}, token=token).text == "Permission denied"
    for headers in [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]:
        assert admin.post(fields, headers, token=True).text == "Permission denied", headers
    for method in ["GET", "HEAD"]:
        answer = admin.request(method, f"{PAGE}?mode=delDir&url=2025/&form_token={form_token(admin.cookies)}", cookies=admin.cookies)
        assert answer.status_code == 200 and answer.content == b""


def test_forms_of_this_site(admin, old_site, put):
    for headers in [{"Origin": admin.url}, {"Sec-Fetch-Site": "same-origin"}]:
        stored = put(f"{FOLDER}/own.jpg")
        assert admin.post({"url": stored, "mode": "delete"}, headers, token=False).json()["msg"] == "删除成功"
        assert not exists(old_site, stored)


def test_only_administrators(old_site, untouched):
    stored = UPLOADS[1]["stored_path"]
    fields = {"url": stored, "mode": "delete"}
    nobody = Client(old_site)
    assert_recorded("adm_anon_delete", nobody.request("POST", PAGE, data=fields))
    uploader = Administrator(old_site, "anna", "user")
    assert_recorded("adm_alice_delete", uploader.post(fields))
    # The old cookie, whose value is the stored password, opens nothing.
    old_cookie = {"auth": '%5B%22keeper%22%2C%22c23e32f763e76dd77039f5addc6a95a4a0eaeee124e6681d1e5253a7008255ca%22%5D'}
    for fields in [fields, {"dateDir": "2025/"}, {"url_admin_inc": nobody.url + stored}, {"del_url_array[]": [stored]}, {"recycle_url_array[]": [stored]},
                   {"mode": "OPcache"}, {"mode": "delDir", "url": "2025/"}]:
        for cookies in [{}, {"imagebed_session": "x" * 43}, old_cookie, uploader.cookies]:
            answer = nobody.request("POST", PAGE, data=fields, cookies=cookies, headers={"Origin": nobody.url})
            assert (answer.status_code, answer.text) == (200, "Permission denied")


def test_forms_that_cannot_be_read(admin, old_site, untouched):
    for body, kind in [(b"--x\r\n", "multipart/form-data; boundary=x"), (b'{"mode":"delDir"}', "application/json"), (b"a=" + b"x" * 70_000, "application/x-www-form-urlencoded")]:
        answer = admin.request("POST", PAGE, data=body, cookies=admin.cookies, headers={"Content-Type": kind, "Origin": admin.url})
        assert answer.status_code == 200 and answer.json()["type"] == "danger" and answer.json()["code"] in (400, 413)


# An administrator's form, or whoever gets at it, deletes files of the tree and no others

OUTSIDE = ["/i/../config/config.php", "/config/config.php", "/i/../../canary.jpg", "/i/2025/../../config/config.php", "../config/config.php", "/etc/hostname",
           "/i/%2e%2e/config/config.php", "/i/..\\config\\config.php", "/i/./config.php", "//i/2025/07/01/gsb1i5-0.jpg", "/i//2025/07/01/gsb1i5-0.jpg",
           "/i/.incoming", "/i/2025/07/01", "/i/", "/i", "", ".", "..", "/", "/i/\0", "/i/2025/07/01/gsb1i5-0.jpg\0", "/i/2025/07/01/gsb1i5-0.jpg/"]


def test_files_outside(admin, old_site, untouched):
    for url in OUTSIDE:
        assert admin.do({"url": url, "mode": "delete"}) == (404, "删除失败"), url
        assert admin.do({"url": admin.url + url, "mode": "delete"}) == (404, "删除失败"), url
        assert admin.do({"url": url, "mode": "recycle"}) == (404, "回收失败"), url
        assert admin.do({"url_admin_inc": admin.url + url}) == (404, "删除失败"), url
        assert admin.do({"del_url_array[]": [url, url]}) == (200, "删除成功")
        assert admin.post({"recycle_url_array[]": [url]}).text == ""
    answer = admin.post({"url": "/config/config.php", "mode": "del_version_file"}).json()
    assert answer["msg"] == "更新版本号失败"


def test_folders_outside_and_the_whole_tree(admin, old_site, untouched):
    for folder in ["", "/", "//", ".", "./", "..", "../", "../config", "../config/", "2025/..", "2025/../../config", "/../", "i/../..", "2025//07", "2025/./07",
                   str(old_site.old / "config"), "\0", "2025\\07", ".incoming", "/etc/", "~", "*", "%2e%2e", "20*", "2025/07/01/gsb1i5-0.jpg", "none"]:
        assert admin.do({"url": folder, "mode": "delDir"}) == (404, "删除文件夹失败"), folder
        assert admin.do({"dateDir": folder}) == (404, "删除失败"), folder
    assert admin.do({"mode": "delDir"}) == (404, "删除文件夹失败")


def test_flat_names_outside(admin, old_site, untouched):
    for name in ["", ".", "..", "../config/config.php", ".._.._config_config.php", "2025_07_01_.._.._.._canary.jpg", "/etc/hostname", "x/y.jpg", "recycle_a.jpg",
                 "2025_07_01_gsb1i5-0.jpg", "\0", "cache_2025_07_28_x.jpg"]:
        for mode in ["recycle_reimg", "suspic_reimg"]:
            assert admin.do({"url": name, "mode": mode}) == (404, "恢复失败"), name


def test_links_are_not_followed(admin, old_site):
    tree = old_site.old / "i"
    (tree / "linked").symlink_to(old_site.old / "config")
    (tree / "linked.jpg").symlink_to(old_site.old / "config/config.php")
    try:
        for fields in [{"url": "/i/linked/config.php", "mode": "delete"}, {"url": "/i/linked.jpg", "mode": "delete"}, {"url": "/i/linked.jpg", "mode": "recycle"}]:
            assert admin.do(fields)[0] == 404
        for folder in ["linked", "linked/"]:
            assert admin.do({"url": folder, "mode": "delDir"}) == (404, "删除文件夹失败")
        assert (old_site.old / "config/config.php").exists()
    finally:
        (tree / "linked").unlink()
        (tree / "linked.jpg").unlink()


def test_no_paths_of_the_server(admin, old_site, put):
    put("zz/a.jpg")
    for fields in [{"dateDir": "zz/"}, {"dateDir": "zz/"}, {"url": "none", "mode": "delDir"}, {"url": "x_y.jpg", "mode": "recycle_reimg"}]:
        text = admin.post(fields).text
        assert str(old_site.folder) not in text.replace("\\/", "/") and "tmp" not in text


def test_what_is_echoed_is_no_markup(admin):
    answer = admin.post({"url": '<b>x</b>"><img src=x onerror=alert(1)>&', "mode": "delete"})
    assert not set("<>&") & set(answer.text) and answer.json()["url"] == 'x">&'
