# Schemathesis makes requests out of openapi.json, good and bad, and finds no answer of the site that the document does not describe.

import subprocess
import sys

import pytest

CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "unsupported_method"]


@pytest.mark.parametrize("has_key", [True, False])
def test_nothing_undescribed_is_answered(new_site, tmp_path, has_key):
    """A bounded run: the same requests each time, on a site of its own."""
    site = new_site()
    key = ["--header", f"X-API-Key: {site.key}"] if has_key else []
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{site.url}/openapi.json", "--checks", ",".join(CHECKS), "--phases",
         "examples,coverage,fuzzing", "--max-examples", "10", "--seed", "1", "--max-time", "120", "--continue-on-failure",
         # It can make no body of the type that resumable uploads have; test_openapi.py sends some.
         "--exclude-operation-id", "createUpload", "--exclude-operation-id", "continueUpload", "--suppress-health-check", "all", "--generation-database", "none", *key],
        cwd=tmp_path, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr
