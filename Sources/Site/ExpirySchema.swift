// Files that are gone after some time.

import SQLite

enum ExpirySchema {
    /// When a file ends, in seconds since 1970; NULL for one that stays.
    static let migration = Migration("files that expire", """
        ALTER TABLE file ADD COLUMN expires_at INTEGER;
        CREATE INDEX file_expiring ON file (expires_at, id) WHERE expires_at IS NOT NULL;
        """)
}
