# Accounts of a test's site, and sessions of browsers without a login page.

import base64
import hashlib
import os
import time


def account(site, name, role="user"):
    """The id of an account of this name, which is made when it is not there."""
    site.imagebed("user", "add", name, "--role", role, check=False)
    return site.query("SELECT id FROM account WHERE name = ?", name)[0][0]


def session_of(site, name, role="user"):
    """The cookie of somebody who is logged in, as the table `session` knows it."""
    text = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
    now = int(time.time())
    site.query("INSERT INTO session (hash, account_id, created_at, expires_at, seen_at) VALUES (?, ?, ?, ?, ?)", digest(text),
               account(site, name, role), now, now + 3600, now)
    return {"imagebed_session": text}


def form_token(cookies):
    """What the forms of a logged-in page carry."""
    return hashlib.sha256(f"form {cookies['imagebed_session']}".encode()).hexdigest()


def digest(text):
    return hashlib.sha256(text.encode()).digest()
