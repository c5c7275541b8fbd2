# What the old uploads' tests share: a site with the token of an imported install, and the forms as clients fill them in.

import hashlib
import json
import time

from client import Client

API = "/api/index.php"
PAGE = "/app/upload.php"


class OldClient(Client):
    """A client of the replaced program: knows a token, and no header of ours."""

    def __init__(self, site, token=None):
        super().__init__(site)
        self.token = token or self.key

    def api(self, content=None, name="photo.jpg", kind="image/jpeg", path=API, field="image", **arguments):
        """`image` and `token`; `fields` replaces the text fields."""
        fields = arguments.pop("fields", {"token": self.token})
        files = {} if content is None else {field: (name, content, kind)}
        return self.request("POST", path, files=files or {"none": (None, "")}, data=fields, **arguments)

    def page(self, content=None, name="photo.jpg", kind="image/jpeg", path=PAGE, field="file", **arguments):
        """`file` and `sign`."""
        fields = arguments.pop("fields", {"sign": str(int(time.time()))})
        files = {} if content is None else {field: (name, content, kind)}
        return self.request("POST", path, files=files or {"none": (None, "")}, data=fields, **arguments)

    def stored(self, answer):
        """The file that an answer's `url` names, below the uploads."""
        path = answer["url"].removeprefix(self.url).removeprefix("/i/").removeprefix("/uploads/")
        return self.site.uploads / path


def succeeded(response):
    """The answer of an upload that must succeed."""
    assert response.status_code == 200, response.text
    answer = response.json()
    assert answer["result"] == "success", answer
    return answer


def failed(response):
    """The answer of an upload that must fail, with what is true of all of them."""
    assert response.status_code == 200, response.text
    answer = response.json()
    assert answer["result"] == "failed" and isinstance(answer["code"], int) and answer["message"], answer
    assert "url" not in answer and "http" not in response.text
    assert response.content.startswith(b"{")
    return answer


def new_token(site, number=None, expires=None, name="old"):
    """An API key for uploads, under a number of the replaced program's."""
    made = json.loads(site.imagebed("key", "create", "--user", "admin", "--name", name, "--json").stdout)
    if number is not None:
        site.query("UPDATE api_key SET number = ? WHERE id = ?", number, made["id"])
    if expires is not None:
        site.query("UPDATE api_key SET expires_at = ? WHERE id = ?", expires, made["id"])
    return made["key"]


def imported_token(site, token, number):
    """A token that the replaced program made, as an import records it."""
    site.query("""INSERT INTO api_key (account_id, name, hash, prefix, scopes, created_at, number)
                  VALUES (1, 'imported', ?, ?, 'upload', 1700000000, ?)""", hashlib.sha256(token.encode()).digest(), token[:4], number)
    return token
