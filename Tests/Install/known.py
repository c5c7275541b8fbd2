#!/usr/bin/env python3
"""Prints the pictures that PHP took while the site changed hands and that the new site does not list: known.py SITE UPLOADS

UPLOADS is what probes.py wrote. The last two are left out: a process of the web server that still ended its work may have taken them
when the import had looked already."""

import json
import sys

from replay import ask

site, file = sys.argv[1:]
uploads = [json.loads(line) for line in open(file)]
taken = [upload["url"].rpartition("/")[2] for upload in uploads if upload["php"]][:-2]
listed = ""
for page in range(1, 100):
    answer = json.loads(ask(f"{site}/api/v1/list.php?page={page}&per_page=100")[1])
    listed += json.dumps(answer["data"])
    if not answer["data"]:
        break
print(json.dumps({"taken by php": len(taken), "unknown": [name for name in taken if name not in listed]}))
