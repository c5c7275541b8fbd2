# Names that clients send: shown safely, never used as a path.

import pytest

import pictures
import raw
from tus import Tus

PICTURE = pictures.jpeg()

# Raw bytes of filename="…" and the srcName that comes out.
NAMES = {
    "plain": (b"a.jpg", "a.jpg"),
    "path": (b"../../../etc/cron.d/evil.jpg", "evil.jpg"),
    "absolute": (b"/etc/passwd", "passwd"),
    "windows path": (rb"C:\Users\me\photo.jpg", "photo.jpg"),
    "dots": (b"..", ""),
    "trailing slash": (b"folder/", ""),
    "spaces": (b" a  b .jpg", " a  b .jpg"),
    "unicode": ("夏天的 photo é.jpg".encode(), "夏天的 photo é.jpg"),
    "emoji": ("🏖️.jpg".encode(), "🏖️.jpg"),
    "right to left": ("photo\u202egpj.exe".encode(), "photogpj.exe"),
    "isolates and marks": ("a\u2066b\u2069c\u200e\u200f\ufeff.jpg".encode(), "abc.jpg"),
    "line separators": ("a\u2028b\u2029.jpg".encode(), "ab.jpg"),
    "control characters": (b"a\x01\x07\x1b[31mb\x7f.jpg", "a[31mb.jpg"),
    "GBK": ("假日（照片）.jpg".encode("gbk"), "假日（照片）.jpg"),
    "GBK that is valid UTF-8": ("图片1.png".encode("gbk"), "图片1.png"),
    "GBK with a backslash in a character": ("a\\乗b.jpg".encode("gbk"), "乗b.jpg"),
    "GB18030": ("\U00020000.jpg".encode("gb18030"), "\U00020000.jpg"),
    "neither UTF-8 nor GBK": (b"caf\xe9.jpg", "caf\ufffd.jpg"),
    "html": (b"<img src=x onerror=alert(1)>.jpg", "<img src=x onerror=alert(1)>.jpg"),
    "script end": (b"a</script>.jpg", "script>.jpg"),
    "sql": (b"'; DROP TABLE file; --.jpg", "'; DROP TABLE file; --.jpg"),
    "shell": (b"$(id)`id`|id;id.jpg", "$(id)`id`|id;id.jpg"),
    "percent": (b"%2e%2e%2f%00.jpg", "%2e%2e%2f%00.jpg"),
    "percent 22, as browsers write a quote": (b"a%22b.jpg", 'a"b.jpg'),
    "dot file": (b".htaccess", ".htaccess"),
    "reserved": (b"CON.jpg", "CON.jpg"),
    "4 KB": (b"x" * 4096 + b".jpg", "x" * 255),
    "4 KB of Chinese": ("夏".encode() * 1365, "夏" * 85),
}


@pytest.mark.parametrize("name", NAMES)
def test_name(client, site, name):
    sent, shown = NAMES[name]
    response = client.post_form([raw.part("image", PICTURE, sent, "image/jpeg")])
    assert response.status_code == 200, response.text
    answer = response.json()
    assert answer["srcName"] == shown
    assert client.row_of(answer)["original_name"] == shown
    assert site.stored(answer["url"]).read_bytes() == PICTURE


def with_disposition(disposition):
    return b"Content-Disposition: " + disposition + b"\r\nContent-Type: image/jpeg\r\n\r\n" + PICTURE


# The whole value of Content-Disposition; srcName, or the refusal's message.
DISPOSITIONS = {
    "escaped quote": (rb'form-data; name="image"; filename="a\"b.jpg"', 'a"b.jpg'),
    "no quotes": (b"form-data; name=image; filename=a.jpg", "a.jpg"),
    "any case": (b'Form-Data; NAME="image"; FileName="a.jpg"', "a.jpg"),
    "spaces": (b'form-data ; name = "image" ; filename = "a.jpg"', "a.jpg"),
    "filename*": (b"form-data; name=\"image\"; filename*=UTF-8''%E5%A4%8F.jpg", "夏.jpg"),
    "both, the extended one wins": (b"form-data; name=\"image\"; filename=\"x.jpg\"; filename*=UTF-8''%e5%a4%8f.jpg", "夏.jpg"),
    "semicolon inside": (b'form-data; name="image"; filename="a;b=c.jpg"', "a;b=c.jpg"),
    "filename first": (b'form-data; filename="a.jpg"; name="image"', "a.jpg"),
    "empty name": (b'form-data; name=""; filename="a.jpg"', None),
    "no name": (b'form-data; filename="a.jpg"', None),
}


@pytest.mark.parametrize("name", DISPOSITIONS)
def test_disposition(client, name):
    disposition, shown = DISPOSITIONS[name]
    response = client.post_form([with_disposition(disposition)])
    if shown is None:
        assert response.status_code == 400 and response.json()["result"] == "error"
    else:
        assert (response.status_code, response.json()["srcName"]) == (200, shown), response.text


@pytest.mark.usefixtures("nothing_left")
def test_NUL_in_a_name(client):
    response = client.post_form([raw.part("image", PICTURE, b"a.php\0.jpg")])
    assert response.status_code == 400 and response.json()["result"] == "error"


def test_header_injection_by_name(client):
    """CR LF cannot be inside a name: what follows is another header of the part."""
    response = client.post_form([with_disposition(b'form-data; name="image"; filename="a\r\nX-Injected: 1\r\n.jpg"')])
    assert response.status_code in (200, 400)
    assert "x-injected" not in {name.lower() for name in response.headers}


def test_name_of_a_resumable_upload_in_GBK(site):
    tus = Tus(site, key=site.key)
    address = tus.create(len(PICTURE), "照片.jpg".encode("gbk"), body=PICTURE).headers["Location"]
    assert tus.told(address)["srcName"] == "照片.jpg"


def test_the_old_form_reads_the_same_names(client, site):
    """One place knows how; the old form cleans what it has read."""
    for name in ("假日（照片）.jpg", "乗b.jpg"):
        sent = name.encode("gbk")
        new = client.post_form([raw.part("image", PICTURE, sent, "image/jpeg")]).json()
        body = raw.form([raw.part("token", client.key), raw.part("image", PICTURE, sent, "image/jpeg")])
        headers = {"Content-Type": f"multipart/form-data; boundary={raw.BOUNDARY}"}
        old = client.request("POST", "/api/index.php", data=body, headers=headers).json()
        assert new["srcName"] == old["srcName"] + ".jpg" == name
