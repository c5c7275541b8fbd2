# A client of one site, as scripts are: a session with the key, uploads in one line.

import requests

import described
import raw
from answers import headers_of


class Client:
    def __init__(self, site, key=None):
        self.site = site
        self.url = site.url
        self.key = site.key if key is None else key
        self.session = requests.Session()
        self.session.trust_env = False

    def request(self, method, path, **arguments):
        arguments.setdefault("timeout", 120)
        arguments.setdefault("allow_redirects", False)
        address = path if path.startswith("http") else self.url + path
        answer = self.answer(method, address, **arguments)
        if address.startswith(self.url):
            described.assert_known(answer, method, address.removeprefix(self.url))
        return answer

    def answer(self, method, address, **arguments):
        """A web server that takes new values closes kept connections, maybe just when one is used again. Browsers then ask once more on a new one
        if nothing can have been done twice (RFC 9110, 9.2.2), and so does this; what may not be repeated goes over a connection of its own."""
        if method not in ("GET", "HEAD", "OPTIONS"):
            return self.once(method, address, **arguments)
        try:
            return self.session.request(method, address, **arguments)
        except requests.ConnectionError as error:
            if not any(name in repr(error) for name in ("RemoteDisconnected", "ConnectionResetError", "BrokenPipeError")):
                raise
            return self.once(method, address, **arguments)

    def once(self, method, address, **arguments):
        """The same over a new connection, with the session's headers and cookies."""
        fresh = requests.Session()
        fresh.trust_env, fresh.headers, fresh.cookies = False, self.session.headers, self.session.cookies
        return fresh.request(method, address, **arguments)

    def get(self, path, **arguments):
        return self.request("GET", path, **arguments)

    def upload(self, content, name="picture.jpg", field="image", kind=None, token=True, headers=None, data=None):
        """One upload with the key in the form, as the API page shows it first."""
        fields = {**({"token": self.key} if token else {}), **(data or {})}
        file = (name, content, kind) if kind else (name, content)
        return self.request("POST", "/api/v1/upload.php", files={field: file}, data=fields, headers=headers)

    def uploaded(self, content, name="picture.jpg", **arguments):
        """The answer of an upload that must succeed."""
        response = self.upload(content, name, **arguments)
        assert response.status_code == 200, response.text
        return response.json()

    def post_form(self, parts, boundary=raw.BOUNDARY, key=True, **arguments):
        """A multipart body made by hand, with the key in the header."""
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        if key:
            headers["X-API-Key"] = self.key
        body = parts if isinstance(parts, bytes) else raw.form(parts, boundary, **arguments)
        return self.request("POST", "/api/v1/upload.php", data=body, headers=headers)

    def raw(self, wire, **arguments):
        return raw.exchange(self.site.port, wire, **arguments)

    def list(self, **parameters):
        return self.get("/api/v1/list.php", params=parameters)

    def row_of(self, answer):
        """The list's row of an uploaded file."""
        rows = [row for row in self.list(per_page=100).json()["data"] if row["id"] == answer["id"]]
        assert len(rows) == 1, f"{answer['id']} is listed {len(rows)} times"
        return rows[0]


def served(client, url):
    """Status, headers and bytes of a stored file."""
    response = client.get(url)
    return response.status_code, headers_of(response), response.content
