# What the tests of the JSON endpoints have in common: a device of a fresh key, and the shape of errors.

import hashlib
import itertools
import json
import re

from answers import SENTENCE, assert_json
from client import Client

TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
SYNC, PULL, HISTORY = "/api/v1/json/sync.php", "/api/v1/json/pull.php", "/api/v1/json/history.php"
DEVICES, CONFLICTS = "/api/v1/json/devices.php", "/api/v1/json/conflicts.php"
numbers = itertools.count(1)


def new_key(prefix="file"):
    """A file key that no other test uses."""
    return f"{prefix}-{next(numbers)}"


def text(value):
    """The minified text, as JSON.stringify writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(value):
    return hashlib.sha256(value if isinstance(value, bytes) else text(value).encode()).hexdigest()


def error(code, message, **more):
    return {"success": False, "result": "error", "code": code, "error": message, "detail": SENTENCE, **more}


def assert_error(response, code, message, *, headers=None, **more):
    return assert_json(response, code, error(code, message, **more), **(headers or {}))


class Device(Client):
    """A device that pushes and pulls; pulls are attributed unless said otherwise."""

    def __init__(self, site, name, key=None, attributes=True):
        super().__init__(site, key)
        self.name, self.attributes = name, attributes
        self.session.headers.update({"X-API-Key": self.key, "User-Agent": f"test {name}"})

    def push(self, file_key, content, headers=None, **fields):
        body = text({"file_key": file_key, "content": content, "device_id": self.name, **fields}).encode()
        return self.request("POST", SYNC, data=body, headers={"Content-Type": "application/json", **(headers or {})})

    def pushed(self, file_key, content, **fields):
        """The answer of a push that must succeed."""
        response = self.push(file_key, content, **fields)
        assert response.status_code == 200, response.text
        return response.json()

    def pull(self, file_key, headers=None, **query):
        if self.attributes:
            query.setdefault("device_id", self.name)
        return self.get(SYNC, params={"file_key": file_key, **query}, headers=headers)

    def pulled(self, file_key):
        response = self.pull(file_key)
        assert response.status_code == 200, response.text
        return response.json()["content"]

    def version(self, file_key, headers=None, **query):
        return self.get(PULL, params={"file_key": file_key, **query}, headers=headers)

    def history(self, file_key, **query):
        return self.get(HISTORY, params={"file_key": file_key, **query})

    def devices(self, **query):
        return self.get(DEVICES, params=query)

    def conflicts(self, **query):
        return self.get(CONFLICTS, params=query)

    def resolve(self, number, action, **fields):
        return self.request("POST", CONFLICTS, json={"id": number, "action": action, **fields})
