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

    /// How often the bytes of a file were replaced. (Of before only the replacements of the last day are known.)
    static let versions = Migration("versions of files", """
        ALTER TABLE file ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
        UPDATE file SET version = 1 WHERE id IN (SELECT file_id FROM replacement WHERE replaced_at IS NOT NULL);
        """)

    /// Of which file a row has the former bytes: they came with the upload of that one, so this row is counted as none. (Rows of before do not
    /// tell it, and stay counted.)
    static let formers = Migration("former bytes are no uploads", """
        ALTER TABLE file ADD COLUMN former_of INTEGER;
        DROP TRIGGER file_uploaded;
        DROP TRIGGER file_of_day_uploaded;
        CREATE TRIGGER file_uploaded AFTER INSERT ON file WHEN new.former_of IS NULL BEGIN
            UPDATE counter SET value = value + 1 WHERE name = 'uploads';
        END;
        CREATE TRIGGER file_of_day_uploaded AFTER INSERT ON file WHEN new.former_of IS NULL AND \(MediaSchema.isCounted("new")) BEGIN
        UPDATE day_count SET uploads = uploads + 1 WHERE \(MediaSchema.day("new", "new.created_at"));
        END;
        """)
}
