// Files that get other bytes under their address.

import SQLite

enum ReplacementSchema {
    /// Replacements of files: what is to be done, and since when it is done.
    static let migration = Migration("replacements", """
        CREATE TABLE replacement (
            file_id       INTEGER PRIMARY KEY REFERENCES file(id) ON DELETE CASCADE,
            former_path   TEXT NOT NULL,
            recycled_name TEXT NOT NULL,
            type          TEXT NOT NULL,
            size          INTEGER NOT NULL,
            width         INTEGER,
            height        INTEGER,
            duration      REAL,
            sha256        BLOB NOT NULL,
            sent_sha256   BLOB NOT NULL,
            address       TEXT,
            port          INTEGER,
            user_agent    TEXT,
            way           TEXT,
            replaced_at   INTEGER
        ) STRICT;
        CREATE INDEX replacement_pending ON replacement (file_id) WHERE replaced_at IS NULL;
        """)
}
