# Schemathesis makes requests out of openapi.json, good and bad, and finds no answer of the site that the document does not describe.

import subprocess
import sys

import pytest

CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "unsupported_method"]


# It can make no body of the type that resumable uploads have; test_openapi.py sends some.
BODIES = ["--exclude-operation-id", "createUpload", "--exclude-operation-id", "continueUpload"]
# EasyImages' API answers every method, also QUERY, which OpenAPI 3.1 has no place for.
ANY_METHOD = "/api/index.php"


@pytest.mark.parametrize("has_key", [True, False])
def test_nothing_undescribed_is_answered(new_site, tmp_path, has_key):
    """A bounded run: the same requests each time, on a site of its own."""
    site = new_site()
    key = ["--header", f"X-API-Key: {site.key}"] if has_key else []
    look(site, tmp_path, CHECKS, 40, [*BODIES, "--exclude-path", ANY_METHOD, *key])
    look(site, tmp_path, CHECKS[:-1], 10, ["--include-path", ANY_METHOD, *key])


def look(site, folder, checks, seconds, options):
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{site.url}/openapi.json", "--checks", ",".join(checks), "--phases",
         "examples,coverage,fuzzing", "--max-examples", "10", "--seed", "1", "--max-time", str(seconds), "--continue-on-failure",
         "--suppress-health-check", "all", "--generation-database", "none", *options],
        cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr
