# What settings change about an upload: hidden data, conversion, duplicates, limits. They count from the next request.

import json

import pytest

import pictures
import videos
from answers import assert_error, assert_json
from client import Client, served


def test_metadata_stays_by_default(client):
    content = pictures.with_position()
    assert served(client, client.uploaded(content)["url"])[2] == content


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_strip_metadata(client, site, kind):
    """Position and camera go, the pixels and the orientation stay, and nothing is encoded again."""
    content = pictures.with_position(kind, orientation=6)
    with site.setting(strip_metadata="on"):
        answer = client.uploaded(content)
    body = served(client, answer["url"])[2]
    assert b"SecretCamera" in content and b"SecretCamera" not in body
    exif = pictures.opened(body).getexif()
    assert not exif.get_ifd(pictures.ExifTags.IFD.GPSInfo) and exif.get(pictures.ExifTags.Base.Make) is None
    assert pictures.opened(body).tobytes() == pictures.opened(content).tobytes()
    assert (answer["width"], answer["height"]) == (40, 60)
    assert exif.get(pictures.ExifTags.Base.Orientation) == 6
    assert answer["file_size"] == len(body) < len(content)


CONVERSIONS = [("webp", "png", "webp"), ("jpeg", "png", "jpg"), ("webp", "jpeg", "webp"), ("png", "bmp", "png"), ("webp", "bmp", "webp")]


@pytest.mark.parametrize("target, source, extension", CONVERSIONS)
def test_conversion(client, site, target, source, extension):
    content = pictures.still(source, 300, 200, **({"quality": 98} if source == "jpeg" else {}))
    with site.setting(convert_format=target):
        answer = client.uploaded(content, "holiday." + source)
    body = served(client, answer["url"])[2]
    assert answer["url"].endswith("." + extension) and answer["mime"] == pictures.MIME[target]
    assert (answer["width"], answer["height"], answer["srcName"]) == (300, 200, "holiday." + source)
    assert answer["file_size"] == len(body) < len(content)
    assert pictures.is_like(body, content)


def test_conversion_keeps_the_smaller_file(client, site):
    content = pictures.still("webp", 300, 200, quality=20)
    with site.setting(convert_format="png"):
        answer = client.uploaded(content)
    assert answer["url"].endswith(".webp") and served(client, answer["url"])[2] == content


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_conversion_leaves_animations(client, site, kind):
    content = pictures.animated(kind, frames=6)
    with site.setting(convert_format="jpeg"):
        answer = client.uploaded(content)
    assert served(client, answer["url"])[2] == content


@pytest.mark.parametrize("name, content", [("a.svg", pictures.svg()), ("a.avif", pictures.still("avif")), ("a.mp4", None)])
def test_conversion_leaves_what_is_not_decoded(client, site, name, content):
    content = content or videos.sample("mp4")
    with site.setting(convert_format="webp"):
        answer = client.uploaded(content, name)
    assert served(client, answer["url"])[2] == content


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_conversion_turns_the_pixels(client, site, orientation):
    content = pictures.oriented(orientation, 300, 200, kind="png")
    with site.setting(convert_format="jpeg"):
        answer = client.uploaded(content)
    body = served(client, answer["url"])[2]
    from PIL import ImageOps
    upright = pictures.encode(ImageOps.exif_transpose(pictures.opened(content)), "png")
    assert (answer["width"], answer["height"]) == pictures.size_of(upright)
    assert pictures.encode(ImageOps.exif_transpose(pictures.opened(body)), "png") and pictures.is_like(
        pictures.encode(ImageOps.exif_transpose(pictures.opened(body)), "png"), upright)


def test_quality_counts(client, site):
    content = pictures.still("png", 400, 300)
    sizes = []
    for quality in [30, 95]:
        with site.setting(convert_format="jpeg", convert_quality=quality):
            sizes.append(client.uploaded(content)["file_size"])
    assert sizes[0] < sizes[1]


def test_damaged_picture_is_kept_without_its_conversion(client, site):
    """The header is whole, the pixels are not: it is taken without a conversion, so it is taken with one."""
    content = pictures.still("png", 300, 200)
    broken = content[:60] + b"\0" * 400 + content[460:]
    with site.setting(convert_format="webp", strip_metadata="off"):
        answer = client.uploaded(broken)
    assert site.stored(answer["url"]).read_bytes() == broken and answer["mime"] == "image/png"


def test_duplicates(client, site):
    content = pictures.jpeg(111, 99)
    first, second = client.uploaded(content), client.uploaded(content)
    assert first["id"] != second["id"] and "duplicate" not in second
    with site.setting(deduplicate="on"):
        again = client.upload(content, "another name.jpg")
        known = {**again.json()}
        assert known.pop("duplicate") is True and known["id"] in (first["id"], second["id"])
        assert known == (first if known["id"] == first["id"] else second)
        fresh = client.uploaded(pictures.jpeg(112, 99))
        assert "duplicate" not in fresh
        client.get(known["del"])
        other = client.uploaded(content)
        assert other["id"] != known["id"]


def test_duplicates_of_another_owner_are_not_told(client, site):
    content = pictures.jpeg(113, 99)
    first = client.uploaded(content)
    site.imagebed("user", "add", "second-owner", check=False)
    key = json.loads(site.imagebed("key", "create", "--user", "second-owner", "--json").stdout)["key"]
    with site.setting(deduplicate="on"):
        answer = client.upload(content, token=False, headers={"X-API-Key": key}).json()
    assert "duplicate" not in answer and answer["id"] != first["id"]


def test_limits_follow_the_settings(client, site, nothing_left):
    picture = pictures.photograph(400, 300)
    for values, message in [({"image_max_bytes": "2KB"}, "File too large"), ({"image_max_side": 399}, "Too many pixels")]:
        with site.setting(**values):
            assert_error(client.upload(picture), 400, message)


def test_limits_reach_the_web_server(new_site):
    """Its own limit follows the settings, upwards and downwards."""
    site = new_site()
    client = Client(site)
    video = videos.padded(videos.sample("mp4"), 60 << 20)
    assert_error(client.upload(video, "a.mp4"), 413, "File too large")
    site.imagebed("settings", "set", "video_max_bytes", "80MB")
    site.reload_web_server()
    assert client.uploaded(video, "a.mp4")["file_size"] == len(video)
    for key in ["video_max_bytes", "image_max_bytes"]:
        site.imagebed("settings", "set", key, "1MB")
    site.reload_web_server()
    assert_error(client.upload(video, "a.mp4"), 413, "File too large")
    assert client.upload(pictures.jpeg()).status_code == 200


def test_settings_show_in_the_numbers(client, site):
    with site.setting(image_max_bytes="7MB", video_upload="off"):
        data = client.get("/api/v1/stats.php").json()["data"]
        assert (data["max_file_size"], data["max_image_size"], data["max_video_size"]) == (7 << 20, 7 << 20, 0)


def test_time_zone_of_shown_times(new_site):
    running = new_site()
    running.imagebed("settings", "set", "time_zone", "Asia/Shanghai")
    running.stop()
    # The zone is a process's own: it counts after a restart.
    running.start()
    client = Client(running)
    answer = client.uploaded(pictures.jpeg())
    created = running.query("SELECT created_at FROM file WHERE id = ?", answer["id"])[0][0]
    import datetime
    local = datetime.datetime.fromtimestamp(created, datetime.timezone(datetime.timedelta(hours=8)))
    assert client.row_of(answer)["created_at"] == local.strftime("%Y-%m-%d %H:%M:%S")
    assert_json(client.list(), 200, client.list().json())


@pytest.mark.parametrize("values, message", [
    ({"image_max_width": 63}, "Too many pixels"), ({"image_max_height": 47}, "Too many pixels"),
    ({"image_min_width": 65}, "Too few pixels"), ({"image_min_height": 49}, "Too few pixels"),
])
def test_dimensions(client, site, values, message):
    """Of pictures that can be decoded; nothing else has pixels that count."""
    with site.setting(**values):
        before = site.inventory()
        assert_error(client.upload(pictures.jpeg(64, 48)), 400, message)
        assert site.inventory() == before
        assert client.upload(pictures.svg(width=64, height=48)).status_code == 200


def test_senders_are_written_down_and_counted(client, site):
    with site.setting(record_senders="on", daily_upload_limit=1):
        answer = client.uploaded(pictures.jpeg(), headers={"User-Agent": "script/1"})
        client.uploaded(pictures.jpeg())
    address, port, program, way = site.query("SELECT address, port, user_agent, way FROM upload_record WHERE file_id = ?", answer["id"])[0]
    assert (address, program, way) == ("127.0.0.1", "script/1", "1") and port > 1024
    # The limit itself holds back visitors of the old form alone.
    assert site.query("SELECT address, count FROM upload_count") == [("127.0.0.1", 2)]
