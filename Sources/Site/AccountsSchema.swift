// Tables for authentication and authorization. Only digests of keys are stored, so that a stolen database or backup grants no access.

import Database
import SQLite

/// The tables of accounts, keys, sessions and attempts.
enum AccountsSchema {
    static let migration = Migration("accounts and keys", """
        CREATE TABLE account (
            id            INTEGER PRIMARY KEY AUTOINCREMENT,
            name          TEXT NOT NULL UNIQUE COLLATE NOCASE,
            password_hash TEXT NOT NULL,
            role          TEXT NOT NULL CHECK (role IN ('admin', 'user')),
            created_at    INTEGER NOT NULL,
            disabled_at   INTEGER
        ) STRICT;
        CREATE TABLE api_key (
            id            INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id    INTEGER NOT NULL REFERENCES account(id),
            name          TEXT NOT NULL,
            hash          BLOB NOT NULL UNIQUE,
            prefix        TEXT NOT NULL,
            scopes        TEXT NOT NULL,
            created_at    INTEGER NOT NULL,
            expires_at    INTEGER,
            last_used_at  INTEGER,
            revoked_at    INTEGER
        ) STRICT;
        CREATE INDEX api_key_by_account ON api_key (account_id);
        """)

    /// Columns and tables for imported sites and for pages with a login.
    static let sessions = Migration("sessions and imported accounts", """
        ALTER TABLE account ADD COLUMN expires_at INTEGER;
        ALTER TABLE api_key ADD COLUMN number INTEGER;
        CREATE TABLE session (
            hash       BLOB PRIMARY KEY,
            account_id INTEGER NOT NULL REFERENCES account(id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE attempt (
            kind    TEXT NOT NULL,
            who     TEXT NOT NULL,
            ends_at INTEGER NOT NULL,
            count   INTEGER NOT NULL,
            PRIMARY KEY (kind, who)
        ) STRICT, WITHOUT ROWID;
        """)

    /// CAPTCHA challenges of the login page.
    static let challenges = Migration("login challenges", """
        CREATE TABLE challenge (
            hash        BLOB PRIMARY KEY,
            answer_hash BLOB NOT NULL,
            expires_at  INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """)

    /// Whether an account accepts a digest, weaknesses of passwords, known addresses, and the last use of sessions.
    static let signIn = Migration("sign-in", """
        ALTER TABLE account ADD COLUMN takes_digest INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE account ADD COLUMN weakness TEXT;
        ALTER TABLE session ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
        UPDATE session SET seen_at = CAST(strftime('%s', 'now') AS INTEGER);
        CREATE TABLE known_address (
            account_id INTEGER NOT NULL REFERENCES account(id) ON DELETE CASCADE,
            hash       BLOB NOT NULL,
            seen_at    INTEGER NOT NULL,
            PRIMARY KEY (account_id, hash)
        ) STRICT, WITHOUT ROWID;
        """)

    /// Sessions that their owner can tell apart and end, accounts that wait for an administrator, what an account prefers, and which form
    /// made which key. The table of sessions is made anew, because a rowid cannot be added to one without; AUTOINCREMENT, because a form that
    /// names an ended session must not end a later one.
    static let ownPages = Migration("accounts' own pages", """
        ALTER TABLE account ADD COLUMN waiting_since INTEGER;
        ALTER TABLE account ADD COLUMN language TEXT;
        ALTER TABLE account ADD COLUMN link_format TEXT;
        CREATE TABLE session_with_id (
            id         INTEGER PRIMARY KEY AUTOINCREMENT,
            hash       BLOB NOT NULL UNIQUE,
            account_id INTEGER NOT NULL REFERENCES account(id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            seen_at    INTEGER NOT NULL DEFAULT 0,
            user_agent TEXT NOT NULL DEFAULT '',
            address    TEXT NOT NULL DEFAULT ''
        ) STRICT;
        INSERT INTO session_with_id (hash, account_id, created_at, expires_at, seen_at)
            SELECT hash, account_id, created_at, expires_at, seen_at FROM session ORDER BY created_at, hash;
        DROP TABLE session;
        ALTER TABLE session_with_id RENAME TO session;
        CREATE INDEX session_by_account ON session (account_id);
        CREATE TABLE key_request (
            hash    BLOB PRIMARY KEY,
            key_id  INTEGER NOT NULL REFERENCES api_key(id) ON DELETE CASCADE,
            ends_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """)

    /// How much an account may store; NULL is no limit. What it stores is in `account_total`.
    static let quotas = Migration("quotas of accounts", """
        ALTER TABLE account ADD COLUMN byte_limit INTEGER;
        ALTER TABLE account ADD COLUMN file_limit INTEGER;
        """)

    /// Makes all accounts accept a digest, for a site that was imported from EasyImages: no table tells which accounts were.
    static func takeDigests(_ database: Connection) throws { try database.run("UPDATE account SET takes_digest = 1") }
}
