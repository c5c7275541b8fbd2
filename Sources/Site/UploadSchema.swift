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
}
