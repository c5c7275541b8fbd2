// What happened, for receivers, and how far each of them is.

import SQLite

enum EventSchema {
    /// Rows of `event` are written while `event_receiver` has one. AUTOINCREMENT: a number is never used again, also when the last events were
    /// removed, because receivers remember it.
    static let migration = Migration("events", """
        CREATE TABLE event (
            id          INTEGER PRIMARY KEY AUTOINCREMENT,
            kind        TEXT NOT NULL,
            happened_at INTEGER NOT NULL,
            owner       TEXT,
            path        TEXT,
            data        TEXT NOT NULL
        ) STRICT;
        CREATE TABLE event_receiver (
            name          TEXT PRIMARY KEY,
            delivered_id  INTEGER NOT NULL,
            failures      INTEGER NOT NULL DEFAULT 0,
            next_try_at   INTEGER NOT NULL DEFAULT 0,
            said          TEXT NOT NULL DEFAULT '',
            lost          INTEGER NOT NULL DEFAULT 0,
            lost_at       INTEGER,
            missing_since INTEGER
        ) STRICT;
        """)
}
