// What an administrator does with all files of a list.

import SQLite

enum FileTaskSchema {
    /// One for each administrator. `last_id`: of the newest file when it began; `position`: where it goes on in the list, NULL at its
    /// beginning; `total`: how many files there were, NULL if they were not counted.
    static let migration = Migration("actions on all files of a list", """
        CREATE TABLE file_task (
            account_id INTEGER PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
            action     TEXT NOT NULL,
            filter     TEXT NOT NULL,
            last_id    INTEGER NOT NULL,
            position   TEXT,
            total      INTEGER,
            done       INTEGER NOT NULL DEFAULT 0,
            failed     INTEGER NOT NULL DEFAULT 0,
            is_over    INTEGER NOT NULL DEFAULT 0,
            started_at INTEGER NOT NULL
        ) STRICT;
        """)
}
