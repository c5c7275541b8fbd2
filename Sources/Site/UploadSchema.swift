// Tables of uploads that a client repeats or continues.

import SQLite

enum UploadSchema {
    /// The files stored under Idempotency-Keys. `file_id` is no foreign key: a file that was deleted for good is told as deleted.
    static let keys = Migration("keys of repeated uploads", """
        CREATE TABLE upload_key (
            sender       TEXT NOT NULL,
            key          BLOB NOT NULL,
            request      BLOB NOT NULL,
            file_id      INTEGER NOT NULL,
            is_duplicate INTEGER NOT NULL,
            is_own       INTEGER NOT NULL,
            ends_at      INTEGER NOT NULL,
            PRIMARY KEY (sender, key)
        ) STRICT, WITHOUT ROWID;
        """)

    /// Uploads that are continued after a lost connection. `hash`: of the id. `quota`: the account or address whose limits count.
    /// `position`: the synced bytes. `state`: 0 receiving, 1 stored, 2 refused, with the status and the JSON of the refusal.
    static let resumable = Migration("resumable uploads", """
        CREATE TABLE resumable_upload (
            hash     BLOB PRIMARY KEY,
            sender   TEXT NOT NULL,
            quota    TEXT NOT NULL,
            name     TEXT NOT NULL,
            dialect  TEXT NOT NULL,
            metadata TEXT NOT NULL,
            length   INTEGER NOT NULL CHECK (length > 0),
            position INTEGER NOT NULL CHECK (position BETWEEN 0 AND length),
            state    INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
            status   INTEGER,
            answer   TEXT CHECK ((answer IS NULL) = (state <> 2)),
            ends_at  INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX resumable_upload_by_quota ON resumable_upload (quota);
        """)
}
