# What is true of every answer of the API, written once: the form of errors, the headers for pages of other origins, and
# that nothing of the machine shows through.

import re

JSON_TYPE = "application/json; charset=utf-8"
CREATED_AT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


class Sentence:
    """Equal to what a member `detail` may hold, whose words are no part of the contract."""

    def __eq__(self, other):
        return isinstance(other, str) and 15 <= len(other) <= 600 and " " in other and "\n" not in other

    def __repr__(self):
        return "a sentence"


SENTENCE = Sentence()


def headers_of(response):
    return {name.lower(): value for name, value in response.headers.items()}


def status_of(response):
    return response.status_code if hasattr(response, "status_code") else response.status


def members_of(response):
    """The members of an answer in JSON, without the one that no two answers have alike: it is the header's."""
    members = response.json()
    if "request_id" in members:
        assert members.pop("request_id") == headers_of(response)["x-request-id"]
    return members


def assert_json(response, status, body, **headers):
    """Status, type, the headers of all API answers, further headers by name (`Retry_After="5"`), and the whole body."""
    seen = headers_of(response)
    members = members_of(response)
    assert (status_of(response), members) == (status, body), (status_of(response), members)
    assert seen["content-type"].lower() == JSON_TYPE
    assert seen["access-control-allow-origin"] == "*"
    assert seen["x-content-type-options"] == "nosniff"
    assert "access-control-allow-credentials" not in seen and "set-cookie" not in seen
    for name, value in headers.items():
        assert seen[name.replace("_", "-").lower()] == value
    return response


def error(code, message):
    return {"result": "error", "code": code, "error": message, "detail": SENTENCE}


def assert_error(response, code, message, **headers):
    return assert_json(response, code, error(code, message), **headers)


def assert_no_such_link(response, url=False):
    """What follows a delete link that is unknown or used, in the fields of both families of clients."""
    return assert_json(response, 404, {**error(404, "File not found"), "msg": "文件不存在", "type": "danger", "icon": "exclamation-sign",
                                       "mode": "delete", "url": url})
