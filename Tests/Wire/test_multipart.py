# Bodies that are no good form: refused or taken on purpose, in bounded time, and nothing is kept of what was refused.


import pytest

import pictures
import raw
from answers import assert_error, error, members_of

PICTURE = pictures.jpeg()
FILE = raw.part("image", PICTURE, "a.jpg", "image/jpeg")
WHOLE = raw.form([FILE])

# Taken: how the body is written.
TAKEN = {
    "preamble and epilogue": b"This is a preamble.\r\n" + WHOLE + b"and an epilogue",
    "unknown fields around": raw.form([raw.part("a", "1"), FILE, raw.part("b", "2" * 1000)]),
    "file and image, the image counts": raw.form([raw.part("file", pictures.still("png"), "b.png"), FILE]),
    "further part headers": raw.form([b"X-Other: 1\r\n" + FILE]),
    "spaces after the boundary": WHOLE.replace(b"WebKitFormBoundary7MA4YWxkTrZu0gW\r\n", b"WebKitFormBoundary7MA4YWxkTrZu0gW  \r\n", 1),
    "no line end after the last boundary": WHOLE[:-2],
}


@pytest.mark.parametrize("name", TAKEN)
def test_taken(client, site, name):
    response = client.post_form(TAKEN[name])
    assert response.status_code == 200, response.text
    assert site.stored(response.json()["url"]).read_bytes() == PICTURE


CONTENTS = {
    "boundary without dashes": raw.BOUNDARY.encode(), "line ends": b"\r\n" * 300, "almost the boundary": b"\r\n--" + raw.BOUNDARY.encode()[:-1],
    "half boundaries": (b"\r\n--" + raw.BOUNDARY.encode()[:20]) * 3000, "another boundary": b"\r\n--other--\r\n",
    "the boundary in a line": b"x--" + raw.BOUNDARY.encode(), "only CR": b"\r" * 70_000, "zeros": b"\0" * 70_000,
}


@pytest.mark.parametrize("name", CONTENTS)
def test_file_bytes_that_look_like_a_form(client, site, name):
    """A picture with such a tail comes out byte for byte; sizes around the reader's buffers are met on the way."""
    for padding in [0, 1, 4095, 65_533]:
        content = PICTURE + b"p" * padding + CONTENTS[name]
        response = client.post_form([raw.part("image", content, "a.jpg")])
        assert response.status_code == 200, response.text
        assert site.stored(response.json()["url"]).read_bytes() == content


@pytest.mark.parametrize("length", [1, 2, 69, 70])
def test_boundary_lengths(client, length):
    boundary = "b" * length
    assert client.post_form([FILE], boundary=boundary).status_code == 200


@pytest.mark.parametrize("value", ['multipart/form-data; boundary="quoted boundary"', "Multipart/Form-Data; Boundary=quoted",
                                   "multipart/form-data; charset=utf-8; boundary=quoted", "multipart/form-data;boundary=quoted"])
def test_boundary_parameter(client, value):
    boundary = "quoted boundary" if '"' in value else "quoted"
    response = client.request("POST", "/api/v1/upload.php", data=raw.form([FILE], boundary),
                              headers={"X-API-Key": client.key, "Content-Type": value})
    assert response.status_code == 200, response.text


REFUSED = {
    "cut in the content": WHOLE[:len(WHOLE) // 2],
    "cut before the last boundary": WHOLE[:-len(raw.BOUNDARY) - 8],
    "cut in the last boundary": WHOLE[:-10],
    "cut in a part's header": WHOLE[:60],
    "only a boundary": b"--" + raw.BOUNDARY.encode() + b"\r\n",
    "no boundary at all": b"hello",
    "empty": b"",
    "another boundary": raw.form([FILE], "another"),
    "10,000 parts": raw.form([raw.part("a", "1")] * 10_000 + [FILE]),
    "a part header of 1 MB": raw.form([b"X-Long: " + b"x" * (1 << 20) + b"\r\n" + FILE]),
    "20,000 part headers": raw.form([b"".join(b"X-%d: 1\r\n" % number for number in range(20_000)) + FILE]),
    "a field of 100 KB called token": raw.form([raw.part("token", "x" * 100_000), FILE]),
    "nested": raw.form([b'Content-Disposition: form-data; name="image"\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n'
                        + raw.form([raw.part("x", PICTURE, "a.jpg")], "inner")]),
    "header without colon": raw.form([b"nonsense\r\n" + FILE]),
    "NUL in a header": raw.form([b"X-A: \0\r\n" + FILE]),
}


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", REFUSED)
def test_refused(client, name):
    response = client.post_form(REFUSED[name])
    body = members_of(response)
    assert response.status_code == 400 and body == error(400, body["error"]), response.text


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=", 'multipart/form-data; boundary="',
                                  "multipart/form-data; boundary=" + "b" * 2_000, "multipart/mixed; boundary=b",
                                  "multipart/form-data; boundary=a\tb"])
def test_refused_content_types(client, kind):
    response = client.request("POST", "/api/v1/upload.php", data=raw.form([FILE], "b"),
                              headers={"X-API-Key": client.key, "Content-Type": kind})
    assert response.status_code == 400
    assert response.json()["result"] == "error"


@pytest.mark.usefixtures("nothing_left")
def test_lines_that_end_in_a_line_feed_alone(client):
    response = client.post_form(raw.form([FILE.replace(b"\r\n", b"\n", 3)], end=b"\n"))
    assert response.status_code == 400 and response.json()["result"] == "error"


@pytest.mark.usefixtures("nothing_left")
def test_field_of_100_megabytes(client):
    """Over the server's limit."""
    body = raw.form([raw.part("token", b"x" * 100_000_000), FILE])
    answer = client.raw(raw.request("POST", client.site.prefix + "/api/v1/upload.php", [raw.form_type()], body), seconds=60)
    assert_error(answer, 413, "File too large")


@pytest.mark.usefixtures("nothing_left")
def test_fields_of_40_megabytes(client):
    """Within the server's limit: a field that nobody asked for is passed over or refused, never kept in memory."""
    response = client.post_form(raw.form([raw.part("note", b"x" * 40_000_000)]))
    assert response.status_code == 400 and response.json()["result"] == "error"
