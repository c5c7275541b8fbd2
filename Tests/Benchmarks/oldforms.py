# Uploads through EasyImages' api/index.php by eight clients, against the same bytes and the same token at the v1 API.

import load
import photographs
import raw
from running_site import Site
from table import interleaved

SIZES = [("265 KB", 265_000), ("1.2 MB", 1_200_000)]


def measure(table):
    with Site() as site:
        for name, size in SIZES:
            ours, v1 = compare(site, photographs.of_bytes(size))
            table.ratio(f"api/index.php, {name}, against v1", ours, v1, "1/s", at_least=0.95)


def compare(site, content):
    body = load.temporary(raw.form([raw.part("token", site.key), raw.part("image", content, "photograph.jpg", "image/jpeg")]))

    def upload(path):
        # No key in the header: both find the token in the form.
        return load.rate(site.url + path, load.POST, body, raw.BOUNDARY, "")

    try:
        paths = ["/api/index.php", "/api/v1/upload.php"]
        for path in paths:
            upload(path)
        return interleaved(7, *(lambda path=path: upload(path) for path in paths))
    finally:
        body.unlink()
