# Loaded by schemathesis (test_undescribed_answers.py): requests that succeed, files, which it cannot make up, and a note of every answer.

import json
import os
import pathlib

import schemathesis
from hypothesis import strategies

FOLDER = pathlib.Path(os.environ["UNDESCRIBED"])
PICTURE = (FOLDER / "picture").read_bytes()
# "GET /api/v1/list.php": {"query": {…}}
GOOD = json.loads((FOLDER / "good").read_text())

schemathesis.openapi.media_type("application/offset+octet-stream", strategies.sampled_from([PICTURE, PICTURE[:20], b""]))


def with_picture(body):
    """A text in the place of a file becomes a picture, unless it is to be wrong."""
    if not isinstance(body, dict):
        return body
    return {name: PICTURE if name in ("image", "file") and isinstance(value, (str, bytes)) else value for name, value in body.items()}


@schemathesis.hook
def map_body(context, body):
    return with_picture(body)


@schemathesis.hook
def before_add_examples(context, examples):
    good = GOOD.get(f"{context.operation.method.upper()} {context.operation.path}")
    if good is not None:
        body = {"body": with_picture(good["body"])} if "body" in good else {}
        examples.append(context.operation.Case(**{**good, **body}))


@schemathesis.hook
def after_call(context, case, response):
    with (FOLDER / "notes").open("a") as notes:
        notes.write(json.dumps([case.method, case.operation.path, response.status_code]) + "\n")
