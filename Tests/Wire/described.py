# What openapi.json says of an answer, compared with the answer. Every client of these tests looks whether it lists the status, so that no
# test can provoke one that the document does not know.

import jsonschema
import requests


# (path, method) → the statuses that are listed, which are the same on every site; empty until a site has told them.
known_statuses = {}


def learn(site):
    if not known_statuses:
        description = Description(site.url)
        known_statuses.update({(path, method.upper()): {int(status) for status in operation["responses"]}
                               for path, method, operation in description.operations()})


def assert_known(answer, method, address):
    """- `address`: without the site's, as it was asked."""
    known = known_statuses.get((address.partition("?")[0], method))
    assert known is None or answer.status_code in known, f"openapi.json does not say that {method} {address} answers {answer.status_code}"


class Description:
    """The API of one site in OpenAPI 3.1, as the site tells it."""

    def __init__(self, url):
        self.url = url
        self.document = requests.get(url + "/openapi.json", timeout=120).json()

    def operations(self):
        """(path, method, operation) of all."""
        return [(path, method, operation) for path, item in self.document["paths"].items() for method, operation in item.items()]

    def response(self, path, method, status):
        responses = self.document["paths"][path][method.lower()]["responses"]
        assert str(status) in responses, f"{method} {path} does not say that it answers {status}"
        found = responses[str(status)]
        if "$ref" in found:
            found = self.document["components"]["responses"][found["$ref"].rpartition("/")[2]]
        return found

    def assert_described(self, answer, path, method=None):
        """Status, content type, headers and body are as they are described."""
        described = self.response(path, method or answer.request.method, answer.status_code)
        for name, header in described.get("headers", {}).items():
            assert name in answer.headers or not header["required"], f"{name} is missing"
        content = described.get("content")
        if not answer.content:
            return answer
        assert content, f"{path} answers {answer.status_code} with a body"
        kind = answer.headers["Content-Type"].partition(";")[0]
        kinds = [each for each in content if each == kind or each.endswith("/*") and kind.startswith(each[:-1])]
        assert kinds, f"{path} answers {answer.status_code} with {kind}"
        if kind == "application/json":
            self.assert_fits(answer.json(), content[kind]["schema"])
        return answer

    @staticmethod
    def assert_fits(value, schema):
        jsonschema.Draft202012Validator(schema).validate(value)
