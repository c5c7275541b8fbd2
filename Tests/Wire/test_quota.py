"""How much an account may store: by each way of uploading, by two at once, and in the words of the old forms."""

import concurrent.futures

import pytest

import accounts
import pictures
from answers import assert_error
from client import Client
from old_forms import failed, OldClient, succeeded
from running_site import Site
from tus import Tus


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        yield running


@pytest.fixture
def client(site):
    """Of an account without files."""
    site.query("UPDATE file SET account_id = NULL")
    site.query("UPDATE account SET byte_limit = NULL, file_limit = NULL")
    return Client(site)


def limit(site, **limits):
    """As `imagebed user quota` sets it, for the account of the key."""
    for name, value in limits.items():
        site.query(f"UPDATE account SET {name}_limit = ?", value)


def picture(number=0):
    return pictures.photograph(60, 40, number)


def over(response, *parts):
    assert_error(response, 403, "Quota exceeded")
    detail = response.json()["detail"]
    assert all(part in detail for part in (*parts, "delete some", "or ask the site's operator for more")), detail


def files(site):
    return site.query("SELECT count(*) FROM file WHERE account_id IS NOT NULL AND state = 0")[0][0]


def test_v1(site, client):
    stored = client.uploaded(picture(1))
    limit(site, file=1)
    over(client.upload(picture(2)), "has 1 files, and its limit is 1")
    limit(site, file=None, byte=stored["file_size"] + 10)
    size = len(picture(2))
    over(client.upload(picture(2)), f"uses {stored['file_size']:,} of {stored['file_size'] + 10:,} bytes, and the file has {size:,}")
    assert files(site) == 1
    limit(site, byte=None)
    client.uploaded(picture(2))


def test_several_files_of_a_form(site, client):
    """Those that fit are stored."""
    limit(site, file=2)
    parts = [("image[]", (f"{number}.jpg", picture(number))) for number in range(3)]
    answer = client.request("POST", "/api/v1/upload.php", data={"token": client.key}, files=parts).json()
    assert [file.get("code") for file in answer["files"]] == [200, 200, 403]
    assert answer["files"][2]["error"] == "Quota exceeded" and files(site) == 2


def test_a_repeated_upload_is_told_again(site, client):
    """An answer was lost, and the file that it was about was the last that fitted."""
    headers = {"Idempotency-Key": "0123456789abcdef"}
    limit(site, file=1)
    first = client.uploaded(picture(3), headers=headers)
    assert client.uploaded(picture(3), headers=headers)["id"] == first["id"]
    over(client.upload(picture(4)), "has 1 files")


@pytest.mark.parametrize("dialect", ["v1", "app"])
def test_resumable(site, client, dialect):
    tus = Tus(site, client.key)
    limit(site, byte=1000)
    refused = tus.create(1001, dialect=dialect)
    assert refused.status_code == 403 and "Location" not in refused.headers
    if dialect == "v1":
        over(refused, "uses 0 of 1,000 bytes, and the file has 1,001")
    else:
        assert refused.json() == {"result": "failed", "code": 403, "message": "账号的空间不足: 已用 0, 文件 1001, 最多 1000 字节, 请删除一些文件后重试"}
    assert site.query("SELECT count(*) FROM resumable_upload WHERE length = 1001") == [(0,)]


@pytest.mark.parametrize("dialect", ["v1", "app"])
def test_two_resumable_uploads_for_one_place(site, client, dialect):
    """Both were admitted while there was room; the second one finds none."""
    tus = Tus(site, client.key)
    limit(site, file=1)
    contents = [picture(5), picture(6)]
    addresses = [tus.begin(len(content), dialect=dialect) for content in contents]
    first, second = [tus.patch(address, 0, content) for address, content in zip(addresses, contents)]
    assert (first.status_code, second.status_code) == (204, 403)
    assert second.json()["code"] == 403 and files(site) == 1
    assert tus.told(addresses[0])["state"] == "stored" and tus.told(addresses[1])["state"] == "refused"


def test_uploads_at_once_for_one_place(site, client):
    limit(site, file=1)
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda number: Client(site).upload(picture(10 + number)).status_code, range(6)))
    assert sorted(statuses) == [200] + 5 * [403] and files(site) == 1


# The old forms: EasyImages has no such limit, so the sentence is ours; status and shape are as they always were.

def test_old_api(site, client):
    limit(site, file=0)
    answer = failed(OldClient(site).api(picture()))
    assert answer == {"result": "failed", "code": 403, "message": "账号的文件数已达上限: 已有 0 个, 最多 0 个, 请删除一些文件后重试"}
    limit(site, file=1)
    succeeded(OldClient(site).api(picture()))


def test_the_page_s_form(site, client):
    cookies, size = accounts.session_of(site, "paula"), len(picture())
    limit(site, byte=size - 1)
    answer = failed(OldClient(site).page(picture(), cookies=cookies))
    assert answer == {"result": "failed", "code": 403,
                      "message": f"账号的空间不足: 已用 0, 文件 {size}, 最多 {size - 1} 字节, 请删除一些文件后重试"}
    with site.setting(anonymous_upload="on"):
        # Without a session the file is nobody's.
        succeeded(OldClient(site).page(picture()))
    limit(site, byte=2 * size)
    succeeded(OldClient(site).page(picture(1), cookies=cookies))
