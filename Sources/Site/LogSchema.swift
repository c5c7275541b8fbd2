// What the operator reads: attempts to sign in, and numbers of files that are counted along, because a page cannot count a million rows.

import SQLite

enum LogSchema {
    /// Attempts to sign in; indexes for the upload log, which is made of the rows of `file` and `upload_record`; numbers of files by type and
    /// by key. `key_id` 0 stands for uploads without a key.
    static let migration = Migration("logs and statistics", ahead: logIndexes, """
        CREATE TABLE sign_in (
            id         INTEGER PRIMARY KEY AUTOINCREMENT,
            tried_at   INTEGER NOT NULL,
            result     TEXT NOT NULL,
            account_id INTEGER REFERENCES account(id) ON DELETE SET NULL,
            address    TEXT NOT NULL,
            user_agent TEXT NOT NULL
        ) STRICT;
        CREATE INDEX sign_in_by_time ON sign_in (tried_at, id);
        CREATE INDEX sign_in_by_address ON sign_in (address, tried_at, id);
        CREATE INDEX sign_in_by_account ON sign_in (account_id, tried_at, id) WHERE account_id IS NOT NULL;
        CREATE TABLE type_total (type TEXT PRIMARY KEY, files INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE key_total (key_id INTEGER PRIMARY KEY, files INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
        """)

    /// Rows of before are added to the totals in the background (`derived`): to add up a million takes four seconds. (Before this migration
    /// existed, the one of the tables did that.)
    static let totals = Migration("totals", """
        DROP TRIGGER IF EXISTS file_totalled;
        DROP TRIGGER IF EXISTS file_totalled_again;
        DROP TRIGGER IF EXISTS file_not_totalled;
        DROP TRIGGER IF EXISTS file_of_totals_removed;
        INSERT INTO derived SELECT 'totals', CASE WHEN EXISTS (SELECT 1 FROM file) AND NOT EXISTS (SELECT 1 FROM type_total) THEN 0 ELSE \(Int64.max) END;
        CREATE TRIGGER file_totalled AFTER INSERT ON file WHEN new.state = 0 AND \(isCounted("new")) BEGIN
        \(count("new", "+"))
        END;
        CREATE TRIGGER file_totalled_again AFTER UPDATE OF state, type, size, key_id ON file WHEN new.state = 0 AND \(isCounted("new")) BEGIN
        \(count("new", "+"))
        END;
        CREATE TRIGGER file_not_totalled AFTER UPDATE OF state, type, size, key_id ON file WHEN old.state = 0 AND \(isCounted("old")) BEGIN
        \(count("old", "-"))
        END;
        CREATE TRIGGER file_of_totals_removed AFTER DELETE ON file WHEN old.state = 0 AND \(isCounted("old")) BEGIN
        \(count("old", "-"))
        END;
        """)

    /// Whether a row is one of those that the totals hold already.
    static func isCounted(_ row: String) -> String { "\(row).id < (SELECT next_id FROM derived WHERE name = 'totals')" }

    /// The log shows deleted files too, which the list's index leaves out.
    private static let logIndexes = [
        "file_by_time ON file (created_at, id)",
        "upload_record_by_address ON upload_record (address, file_id)",
    ].map { "CREATE INDEX IF NOT EXISTS \($0)" }

    /// Adds a row to the totals of its type and its key, or takes it away.
    static func count(_ row: String, _ sign: String) -> String {
        """
        INSERT OR IGNORE INTO type_total VALUES (\(row).type, 0, 0);
        UPDATE type_total SET files = files \(sign) 1, bytes = bytes \(sign) \(row).size WHERE type = \(row).type;
        INSERT OR IGNORE INTO key_total VALUES (COALESCE(\(row).key_id, 0), 0, 0);
        UPDATE key_total SET files = files \(sign) 1, bytes = bytes \(sign) \(row).size WHERE key_id = COALESCE(\(row).key_id, 0);
        """
    }
}
