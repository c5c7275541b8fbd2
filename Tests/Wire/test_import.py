# The sample install taken over: everything of it accounted for, and nothing of it changed.

import pytest
import requests

from old_site import SAMPLE, UPLOADS


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_byte_of_the_old_site_is_changed(old_site):
    sample = tree(SAMPLE)
    del sample["README.md"], sample["deletes.json"]
    assert tree(old_site.old) == sample


@pytest.mark.parametrize("number", [number for number, upload in UPLOADS.items() if upload["state"] == "stored"])
def test_every_picture_has_its_old_address_and_a_row(old_site, number):
    upload = UPLOADS[number]
    bytes_ = old_site.stored_file(upload["stored_path"]).read_bytes()
    for address in (upload["stored_path"], upload["stored_path"].replace("/i/", "/uploads/")):
        answer = requests.get(old_site.url + address, timeout=10)
        assert (answer.status_code, answer.content) == (200, bytes_)
    rows = old_site.query("SELECT original_name, size FROM file WHERE path = ? AND state = 0", upload["stored_path"][3:])
    assert rows == [(upload["file_name_sent"], len(bytes_))]
