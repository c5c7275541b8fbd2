# The list: parameters that are clamped and never wrong, a total order, filters, and pages that add up.

import pytest

import pictures
import videos
from answers import CREATED_AT, assert_error, assert_json

PATH = "/api/v1/list.php"
COLUMNS = {
    "id": int, "filename": str, "original_name": str, "file_path": str, "file_size": int, "width": int, "height": int,
    "views": int, "created_at": str, "type": str, "mime": str, "url": str, "thumb": str,
}


@pytest.fixture(scope="module")
def shelf(client, site):
    """Twelve pictures and a video, with views and times of which some are equal."""
    answers = [client.uploaded(pictures.still("png", 10 + number, 10), f"shelf {number}.png") for number in range(12)]
    answers.append(client.uploaded(videos.sample("mp4"), "shelf video.mp4"))
    for number, answer in enumerate(answers):
        site.query("UPDATE file SET views = ?, created_at = 1713268800 + ? WHERE id = ?", number % 4, number // 3, answer["id"])
    return answers


def all_rows(client, **parameters):
    rows, page = [], 1
    while True:
        body = client.list(page=page, per_page=7, **parameters).json()
        rows += body["data"]
        if page >= body["pagination"]["total_pages"]:
            return rows
        page += 1


@pytest.mark.usefixtures("shelf")
def test_row(client):
    body = client.list(per_page=100).json()
    for row in body["data"]:
        columns = {**COLUMNS, "duration": float} if row["type"] == "video" else COLUMNS
        assert list(row) == list(columns)
        for name, kind in columns.items():
            assert type(row[name]) is kind, (name, row)
        assert CREATED_AT.fullmatch(row["created_at"])
        assert row["file_path"].endswith("/" + row["filename"])
        assert row["url"] == client.url + "/uploads/" + row["file_path"]
        assert row["thumb"] == client.url + "/application/thumb.php?img=/uploads/" + row["file_path"]


CLAMPED = [
    ({}, 1, 20), ({"page": "2", "per_page": "5"}, 2, 5), ({"per_page": "100"}, 1, 100), ({"per_page": "101"}, 1, 100),
    ({"per_page": "0"}, 1, 1), ({"per_page": "-3"}, 1, 1), ({"page": "0"}, 1, 20), ({"page": "-1"}, 1, 20),
    ({"page": "abc", "per_page": "1e3"}, 1, 20), ({"page": "", "per_page": ""}, 1, 20), ({"page": "1.5"}, 1, 20),
    ({"page": " 2"}, 1, 20), ({"page": "0x2"}, 1, 20), ({"per_page": "9" * 40}, 1, 100), ({"per_page": "-" + "9" * 40}, 1, 1),
]


@pytest.mark.parametrize("parameters, page, per_page", CLAMPED)
def test_numbers_are_clamped(client, parameters, page, per_page):
    response = client.get(PATH, params=parameters)
    body = response.json()
    total = body["pagination"]["total"]
    assert_json(response, 200, {**body, "success": True, "pagination": {
        "current_page": page, "per_page": per_page, "total": total, "total_pages": -(-total // per_page)}})
    assert len(body["data"]) == max(0, min(per_page, total - (page - 1) * per_page))


@pytest.mark.parametrize("page", ["1000000", "9" * 40])
def test_page_behind_the_end(client, page):
    body = client.get(PATH, params={"page": page}).json()
    assert body["success"] is True and body["data"] == [] and body["pagination"]["current_page"] > body["pagination"]["total_pages"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("column", ["created_at", "views", "file_size"])
@pytest.mark.parametrize("direction", ["ASC", "DESC", "asc", "desc"])
def test_order_is_total(client, column, direction):
    rows = all_rows(client, order_by=column, order_dir=direction)
    keys = [(row[column], row["id"]) for row in rows]
    assert keys == sorted(keys, reverse=direction.upper() == "DESC")
    assert len(set(row["id"] for row in rows)) == len(rows) == client.list().json()["pagination"]["total"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("parameters", [
    {"order_by": "path"}, {"order_by": "views; DROP TABLE file"}, {"order_by": "created_at", "order_dir": "sideways"},
    {"order_by": ""}, {"type": "all"}, {"q": ""}, {"mine": "0"}, {"unknown": "1"},
])
def test_unknown_words_mean_the_default(client, parameters):
    assert client.list(per_page=50, **parameters).json() == client.list(per_page=50).json()


@pytest.mark.usefixtures("shelf")
def test_filter_by_type(client):
    everything = all_rows(client)
    for kind in ["image", "video"]:
        found = all_rows(client, type=kind)
        assert found == [row for row in everything if row["type"] == kind] and found
        assert client.list(type=kind).json()["pagination"]["total"] == len(found)


def all_behind_cursors(client, headers=None, **parameters):
    """The first answer has no cursor, and counts; the others hold as many files as they are asked for, and count nothing."""
    body = client.get(PATH, params={"per_page": 4, **parameters}, headers=headers).json()
    assert list(body) == ["success", "data", "pagination", "next_cursor"]
    rows, total = body["data"], body["pagination"]["total"]
    while body["next_cursor"] is not None:
        body = client.get(PATH, params={**parameters, "per_page": 3, "cursor": body["next_cursor"], "page": 9}, headers=headers).json()
        assert list(body) == ["success", "data", "next_cursor"]
        rows += body["data"]
    assert len(rows) == total
    return rows


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("parameters", [
    {}, {"order_dir": "asc"}, {"order_by": "views"}, {"order_by": "views", "order_dir": "ASC"}, {"order_by": "file_size"}, {"type": "video"},
    {"type": "image", "order_by": "file_size"}, {"q": "shelf"}, {"q": "f", "order_by": "views"}, {"q": "shelf 1", "type": "image"}, {"q": "nothing"},
])
def test_cursors_lead_through_the_same_list(client, parameters):
    assert all_behind_cursors(client, **parameters) == all_rows(client, **parameters)


def test_cursors_of_ones_own_files(client, site):
    hidden = [client.uploaded(pictures.jpeg(seed=seed))["id"] for seed in (70, 71)]
    site.query(f"UPDATE file SET is_public = 0 WHERE id IN ({hidden[0]}, {hidden[1]})")
    key = {"X-API-Key": client.key}
    rows = all_behind_cursors(client, key, mine="1")
    assert set(hidden) < {row["id"] for row in rows}
    cursor = client.get(PATH, params={"per_page": 1, "mine": "1"}, headers=key).json()["next_cursor"]
    assert_error(client.list(cursor=cursor, mine="1"), 401, "Login required or invalid token")
    for parameters, headers in [({}, {}), ({}, key), ({"mine": "1"}, {"X-API-Key": other_key(site)})]:
        assert_error(client.get(PATH, params={"cursor": cursor, **parameters}, headers=headers), 400, "Invalid parameter: cursor")


def other_key(site):
    site.imagebed("user", "add", "elsewhere", "--json", check=False)
    return new_key(site, "elsewhere")


@pytest.mark.usefixtures("shelf")
def test_a_cursor_is_of_one_list(client):
    cursor = client.list(per_page=1).json()["next_cursor"]
    for other in [{"order_by": "views"}, {"order_dir": "ASC"}, {"type": "image"}, {"q": "shelf"}, {"q": "f"}]:
        assert_error(client.list(cursor=cursor, **other), 400, "Invalid parameter: cursor")
    answer = client.list(cursor=cursor, order_by="views")
    assert answer.json()["detail"] == (
        f'The parameter cursor is "{cursor}" (43 bytes), but must be the next_cursor of an answer to the same order_by, order_dir, type, q and mine; '
        "without it the list begins anew.")
    # What means the same list is the same.
    assert client.list(cursor=cursor, order_by="created_at", order_dir="desc", type="all", q="", page=7, per_page=2).status_code == 200


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("change", [
    lambda cursor: cursor[:-1] + ("A" if cursor[-1] != "A" else "E"), lambda cursor: "A" + cursor, lambda cursor: cursor[1:], lambda cursor: cursor + "=",
    lambda _: "A" * 43, lambda _: "1", lambda _: "%_'\"", lambda _: "照" * 200, lambda _: "\0", lambda _: "' OR 1 --", lambda _: "x" * 4000,
])
def test_a_forged_cursor(client, change):
    assert_error(client.list(cursor=change(client.list(per_page=1).json()["next_cursor"])), 400, "Invalid parameter: cursor")


@pytest.mark.usefixtures("shelf")
def test_an_empty_cursor_is_none(client):
    assert client.list(cursor="").json() == client.list().json()


SEARCHES = {
    "shelf": 13, "SHELF": 13, "shelf 1": 3, "shelf video": 1, "%": 0, "_helf": 0, "shelf%video": 0, "\\": 0, "'": 0, "nothing": 0,
    "%_'\"": 0, '"': 0, "_": 0, "*": 0, "shelf*": 0, "\"shelf\"": 0, "s" * 200: 0, "\0": 0, "shelf\0": 0, "🏖": 0,
}


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("text", SEARCHES)
def test_search(client, text):
    body = client.list(q=text).json()
    assert (body["pagination"]["total"], len(body["data"])) == (SEARCHES[text], min(SEARCHES[text], 20))


def test_search_beyond_ascii(client):
    answer = client.uploaded(pictures.jpeg(seed=9), "夏天的海边.jpg")
    assert [row["id"] for row in client.list(q="天的").json()["data"]] == [answer["id"]]


def test_one_character_is_searched(client):
    answer = client.uploaded(pictures.jpeg(seed=12), "猫.jpg")
    assert [row["id"] for row in client.list(q="猫").json()["data"]] == [answer["id"]]


def test_of_a_long_search_the_first_100_characters_count(client):
    answer = client.uploaded(pictures.jpeg(seed=13), "长n" * 60 + ".jpg")
    assert [row["id"] for row in client.list(q="长n" * 50 + "m" * 100).json()["data"]] == [answer["id"]]
    assert client.list(q="长n" * 49 + "m" * 102).json()["data"] == []


def test_mine(client, site):
    for path in [f"{PATH}?mine=1"]:
        assert_error(client.get(path), 401, "Login required or invalid token")
        assert_error(client.get(path, headers={"X-API-Key": "wrong"}), 401, "Invalid API key")
    hidden = client.uploaded(pictures.jpeg(seed=11), "private.jpg")
    site.query("UPDATE file SET is_public = 0 WHERE id = ?", hidden["id"])
    assert hidden["id"] not in [row["id"] for row in all_rows(client)]
    mine = client.get(f"{PATH}?mine=1&per_page=100&q=private", headers={"X-API-Key": client.key}).json()
    assert hidden["id"] in [row["id"] for row in mine["data"]]


@pytest.mark.parametrize("path", [PATH, f"{PATH}?mine=1", "/api/v1/stats.php"])
def test_a_bad_key_is_refused_where_none_is_needed(client, site, path):
    site.imagebed("user", "add", "late", "--json", check=False)
    late = new_key(site, "late")
    site.query("UPDATE account SET expires_at = NULL WHERE name = 'late'")
    for header in [{"X-API-Key": late}, {"Authorization": f"Bearer {late}"}]:
        assert client.get(path, headers=header).status_code == 200
    site.query("UPDATE account SET expires_at = 1 WHERE name = 'late'")
    for header in [{"X-API-Key": late}, {"Authorization": f"Bearer {late}"}, {"X-API-Key": "wrong"}]:
        assert_error(client.get(path, headers=header), 401, "Invalid API key")
    assert client.get(path, headers={"X-API-Key": "", "Authorization": "Basic eDp5"}).status_code == (401 if "mine" in path else 200)


def test_mine_is_nobody_elses(client, site):
    client.uploaded(pictures.jpeg())
    site.imagebed("user", "add", "neighbour", "--json")
    key = new_key(site, "neighbour")
    body = client.get(f"{PATH}?mine=1", headers={"X-API-Key": key}).json()
    assert (body["data"], body["pagination"]["total"]) == ([], 0)


def new_key(site, account):
    import json
    return json.loads(site.imagebed("key", "create", "--user", account, "--json").stdout)["key"]


def test_totals_follow_uploads_and_deletions(client):
    total = client.list().json()["pagination"]["total"]
    answer = client.uploaded(pictures.jpeg())
    assert client.list().json()["pagination"]["total"] == total + 1
    client.get(answer["del"])
    assert client.list().json()["pagination"]["total"] == total


def test_list_that_is_not_public(client, site):
    with site.setting(public_list="off"):
        assert client.list().status_code in (401, 403)
        assert client.get(f"{PATH}?mine=1", headers={"X-API-Key": client.key}).status_code == 200
    assert client.list().status_code == 200


def test_head(client):
    response = client.request("HEAD", PATH)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"


def test_statistics(client):
    before = client.get("/api/v1/stats.php").json()["data"]
    answer = client.uploaded(pictures.jpeg())
    client.uploaded(videos.sample("webm"), "a.webm")
    client.get(answer["del"])
    expected = {**before, "videos": before["videos"] + 1, "uploads": before["uploads"] + 2,
                "max_file_size": 50 << 20, "max_image_size": 50 << 20, "max_video_size": 50 << 20}
    assert list(before) == ["images", "videos", "views", "uploads", "max_file_size", "max_image_size", "max_video_size"]
    assert_json(client.get("/api/v1/stats.php"), 200, {"success": True, "data": expected})
