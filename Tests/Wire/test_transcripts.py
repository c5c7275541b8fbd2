# The comparison itself: it sees what differs, wants a reason for it, and no reason for nothing.

import types

import pytest

import transcripts

NAME = "api_text"
BODY = '{"result":"failed","code":400,"srcName":"text","id":0,"message":"不正确的文件格式。","memory":"7.1KB"}'


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    monkeypatch.setattr(transcripts, "compared", {})
    monkeypatch.setattr(transcripts, "thumbnails", {})


def answer(text=BODY, status=200):
    return types.SimpleNamespace(text=text, status_code=status, headers={"Content-Type": "application/json; charset=utf-8"})


def test_same():
    transcripts.assert_recorded(NAME, answer())
    assert transcripts.compared == {NAME: {}}


@pytest.mark.parametrize("place, response", [
    ("status", answer(status=400)),
    ("message", answer(BODY.replace("不正确", "正确"))),
    ("id", answer(BODY.replace('"id":0', '"id":"0"'))),
    ("memory", answer(BODY.replace("7.1KB", "much"))),
    ("url", answer(BODY.replace('"id":0', '"id":0,"url":""'))),
    ("srcName", answer(BODY.replace('"srcName":"text",', ""))),
    ("order", answer(BODY.replace('"result":"failed","code":400', '"code":400,"result":"failed"'))),
    ("body", answer("")),
])
def test_a_difference_needs_a_reason(place, response):
    with pytest.raises(AssertionError, match="recorded and now"):
        transcripts.assert_recorded(NAME, response)
    transcripts.assert_recorded(NAME, response, {place: ("C 0", "so it is")})
    assert f"| {NAME} | {place} | C 0 | so it is |" in transcripts.table()


def test_a_reason_needs_a_difference():
    with pytest.raises(AssertionError, match="no difference any more"):
        transcripts.assert_recorded(NAME, answer(), {"body": ("C 0", "so it was")})


def test_what_is_different_each_time():
    same = transcripts.masked("http://127.0.0.1:8781/i/2026/11/24/5cl1sf-0.jpg")
    assert same == transcripts.masked("https://img.example.org/i/2024/01/02/zz-0.jpg") == "http://HOST/i/Y/m/d/NAME-0.jpg"
    assert transcripts.masked("http://h/app/del.php?hash=UGpDMC9N") == transcripts.masked("http://h/app/del.php?hash=AA_-x")
    assert transcripts.masked("/i/cache/2026_11_24_5e4ps9-0.jpg") == "/i/cache/Y_m_d_NAME-0.jpg"


def test_thumbnails_need_reasons_too():
    recorded, now = {"status": 200, "size": (258, 258)}, {"status": 200, "size": (258, 200)}
    with pytest.raises(AssertionError, match="recorded and now"):
        transcripts.assert_recorded_thumbnail("png w=1", recorded, now, {})
    transcripts.assert_recorded_thumbnail("png w=1", recorded, now, {"size": ("F 0", "so it is")})
    assert "| png w=1 | size | F 0 | so it is |" in transcripts.table()
