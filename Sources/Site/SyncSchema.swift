// Tables of synchronized JSON files. A push writes as few pages as possible: a file's head is its highest version and not a column, and
// the state of a device is in one row per device and file. Constraints guarantee that version numbers have no gaps and are never reused,
// so that no error in the program can violate it.

import SQLite

/// The tables of synchronized JSON files. `BETWEEN`, not `IN`: SQLite builds a temporary table for a list at each insert.
enum SyncSchema {
    static let migration = Migration("synchronised JSON", contents + files + devices + pulls + conflicts)

    /// Whether a content is still referenced is asked once a day, and the collection builds an index of its own for it; maintaining one
    /// at each push is one sixth of what a push writes.
    static let lighterPushes = Migration("lighter pushes of JSON", "DROP INDEX sync_version_by_content")

    /// What is sent to a device by name is recorded in `sync_fetch` too, under an identity of the device. `is_old`: a client asked for this
    /// version by its number, and need not go on from it.
    ///
    /// `sync_identity` keeps forgotten devices (their ids are never used again): what was fetched where one was used may be its own still.
    static let sentVersions = Migration("versions sent to devices", """
        ALTER TABLE sync_fetch ADD COLUMN is_old INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE newer (
            identity BLOB NOT NULL,
            device   INTEGER NOT NULL,
            used_at  INTEGER NOT NULL,
            PRIMARY KEY (identity, device)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO newer SELECT identity, device, used_at FROM sync_identity;
        DROP TABLE sync_identity;
        ALTER TABLE newer RENAME TO sync_identity;

        """)

    /// `coding`: 0 plain in `bytes`, 1 zlib in `bytes`, 2 zlib in a file in the folder `json`.
    private static let contents = """
        CREATE TABLE sync_content (
            id         INTEGER PRIMARY KEY,
            hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
            size       INTEGER NOT NULL,
            coding     INTEGER NOT NULL CHECK (coding BETWEEN 0 AND 2),
            bytes      BLOB CHECK ((bytes IS NULL) = (coding = 2)),
            created_at INTEGER NOT NULL
        ) STRICT;

        """

    /// A version without a content and with `kind` 1 is a deletion; `kind` 2 is one whose content was dropped by the retention setting.
    private static let files = """
        CREATE TABLE sync_file (
            id         INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id INTEGER NOT NULL REFERENCES account(id),
            file_key   TEXT NOT NULL,
            UNIQUE (account_id, file_key)
        ) STRICT;
        CREATE TABLE sync_version (
            file_id    INTEGER NOT NULL REFERENCES sync_file(id),
            version    INTEGER NOT NULL CHECK (version > 0),
            kind       INTEGER NOT NULL DEFAULT 0 CHECK (kind BETWEEN 0 AND 2),
            content_id INTEGER REFERENCES sync_content(id),
            pushed_id  INTEGER REFERENCES sync_content(id),
            hash       BLOB,
            size       INTEGER NOT NULL,
            device_id  TEXT NOT NULL,
            message    TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (file_id, version),
            CHECK ((content_id IS NOT NULL) = (kind = 0))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sync_version_by_content ON sync_version (content_id);
        CREATE INDEX sync_version_by_pushed ON sync_version (pushed_id) WHERE pushed_id IS NOT NULL;
        CREATE TRIGGER sync_version_in_line BEFORE INSERT ON sync_version BEGIN
            SELECT RAISE(ABORT, 'versions have no gaps')
            WHERE new.version <> 1 + COALESCE((SELECT MAX(version) FROM sync_version WHERE file_id = new.file_id), 0);
        END;

        """

    /// `held`: the highest version that the device is known to have; `pulled`: 1, it was sent to the device after its last push; 2, it is a
    /// merge that the answer to its last push contained.
    /// `attributes`: the device sends its id when it pulls.
    private static let devices = """
        CREATE TABLE sync_device (
            id            INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id    INTEGER NOT NULL REFERENCES account(id),
            device_id     TEXT NOT NULL,
            name          TEXT NOT NULL DEFAULT '',
            first_seen_at INTEGER NOT NULL,
            UNIQUE (account_id, device_id)
        ) STRICT;
        CREATE TABLE sync_device_file (
            device         INTEGER NOT NULL REFERENCES sync_device(id) ON DELETE CASCADE,
            file_id        INTEGER NOT NULL REFERENCES sync_file(id),
            held           INTEGER NOT NULL DEFAULT 0,
            pulled         INTEGER NOT NULL DEFAULT 0,
            attributes     INTEGER NOT NULL DEFAULT 0,
            pushes         INTEGER NOT NULL DEFAULT 0,
            pushed_id      INTEGER REFERENCES sync_content(id),
            pushed_version INTEGER NOT NULL DEFAULT 0,
            conflict_id    INTEGER,
            is_merged      INTEGER NOT NULL DEFAULT 0,
            last_fetch     INTEGER NOT NULL DEFAULT 0,
            last_push_at   INTEGER,
            last_pull_at   INTEGER,
            PRIMARY KEY (device, file_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sync_key_device (
            key_id    INTEGER PRIMARY KEY REFERENCES api_key(id),
            device_id TEXT NOT NULL
        ) STRICT;

        """

    /// `identity`: 16 bytes, a digest of key, address and user agent.
    private static let pulls = """
        CREATE TABLE sync_fetch (
            id         INTEGER PRIMARY KEY AUTOINCREMENT,
            file_id    INTEGER NOT NULL REFERENCES sync_file(id),
            identity   BLOB NOT NULL,
            version    INTEGER NOT NULL,
            head       INTEGER NOT NULL,
            fetched_at INTEGER NOT NULL,
            UNIQUE (file_id, identity, version)
        ) STRICT;
        CREATE INDEX sync_fetch_by_time ON sync_fetch (fetched_at);
        CREATE TABLE sync_identity (
            identity BLOB NOT NULL,
            device   INTEGER NOT NULL REFERENCES sync_device(id) ON DELETE CASCADE,
            used_at  INTEGER NOT NULL,
            PRIMARY KEY (identity, device)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE sync_answer (
            account_id INTEGER NOT NULL REFERENCES account(id),
            key        BLOB NOT NULL,
            request    BLOB NOT NULL,
            file_id    INTEGER NOT NULL REFERENCES sync_file(id),
            version    INTEGER NOT NULL,
            conflict_id INTEGER,
            is_merged  INTEGER NOT NULL,
            is_new     INTEGER NOT NULL,
            made_at    INTEGER NOT NULL,
            PRIMARY KEY (account_id, key)
        ) STRICT, WITHOUT ROWID;

        """

    private static let conflicts = """
        CREATE TABLE sync_conflict (
            id               INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id       INTEGER NOT NULL REFERENCES account(id),
            file_id          INTEGER NOT NULL REFERENCES sync_file(id),
            device_id        TEXT NOT NULL,
            local_version    INTEGER NOT NULL,
            remote_version   INTEGER NOT NULL,
            saved_version    INTEGER NOT NULL,
            local_id         INTEGER REFERENCES sync_content(id),
            is_clean         INTEGER NOT NULL,
            paths            TEXT NOT NULL,
            resolution       TEXT,
            choice           BLOB,
            resolved_version INTEGER,
            resolved_at      INTEGER,
            created_at       INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sync_conflict_by_account ON sync_conflict (account_id, resolution IS NULL, id);
        CREATE INDEX sync_conflict_by_file ON sync_conflict (file_id, resolution IS NULL, id);
        CREATE INDEX sync_conflict_by_device ON sync_conflict (file_id, device_id, id);

        """
}
