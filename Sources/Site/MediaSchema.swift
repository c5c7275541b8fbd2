// Tables of media files. Counts are maintained by triggers, so that they stay correct whoever changes a row, also an importer or an
// operator with SQL of their own.

import SQLite

/// The tables `file`, `shelf` and `counter`.
enum MediaSchema {
    static let migration = Migration("media files", tables + listingIndexes + shelfTriggers + counterTriggers)

    /// Columns and tables for imported sites and for the old forms.
    static let senders = Migration("senders and recycled names", """
        ALTER TABLE file ADD COLUMN recycled_name TEXT;
        UPDATE file SET recycled_name = replace(path, '/', '_') WHERE state = 2;
        CREATE INDEX file_by_recycled_name ON file (recycled_name) WHERE state = 2;
        CREATE TABLE upload_record (
            file_id    INTEGER PRIMARY KEY REFERENCES file(id) ON DELETE CASCADE,
            address    TEXT NOT NULL,
            port       INTEGER,
            user_agent TEXT NOT NULL,
            way        TEXT NOT NULL
        ) STRICT;
        CREATE TABLE upload_count (
            day     TEXT NOT NULL,
            address TEXT NOT NULL,
            count   INTEGER NOT NULL,
            PRIMARY KEY (day, address)
        ) STRICT, WITHOUT ROWID;
        """)

    /// A cache of statistics that are slow to compute.
    static let numbers = Migration("kept numbers", """
        CREATE TABLE site_numbers (
            id          INTEGER PRIMARY KEY CHECK (id = 1),
            computed_at INTEGER NOT NULL,
            files       INTEGER NOT NULL,
            folders     INTEGER NOT NULL,
            bytes       INTEGER NOT NULL,
            days        TEXT NOT NULL
        ) STRICT;
        """)

    /// The API key with which a file was uploaded; NULL for uploads from a page and for older files.
    static let uploadKeys = Migration("keys of uploads", "ALTER TABLE file ADD COLUMN key_id INTEGER")

    /// An account's own files in order of time, and their numbers, which are counted like those of the site.
    static let owners = Migration("files of accounts", """
        CREATE INDEX file_by_owner ON file (account_id, created_at, id) WHERE state = 0 AND account_id IS NOT NULL;
        CREATE TABLE account_total (
            account_id INTEGER PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
            files      INTEGER NOT NULL,
            bytes      INTEGER NOT NULL,
            views      INTEGER NOT NULL
        ) STRICT;
        INSERT INTO account_total SELECT account_id, COUNT(*), SUM(size), SUM(views) FROM file
            WHERE state = 0 AND account_id IS NOT NULL GROUP BY account_id;
        CREATE TRIGGER file_owned AFTER INSERT ON file WHEN new.state = 0 AND new.account_id IS NOT NULL BEGIN
        \(total("new", "+"))
        END;
        CREATE TRIGGER file_owned_again AFTER UPDATE OF state, account_id, size, views ON file
            WHEN new.state = 0 AND new.account_id IS NOT NULL BEGIN
        \(total("new", "+"))
        END;
        CREATE TRIGGER file_disowned AFTER UPDATE OF state, account_id, size, views ON file
            WHEN old.state = 0 AND old.account_id IS NOT NULL BEGIN
        \(total("old", "-"))
        END;
        CREATE TRIGGER file_of_account_removed AFTER DELETE ON file WHEN old.state = 0 AND old.account_id IS NOT NULL BEGIN
        \(total("old", "-"))
        END;
        """)

    /// Lists of one kind and one type, numbers of days, and the index of names. Rows of before are added in the background (`derived`).
    /// (With FTS5's usual automerge of 4 the index takes an upload 0.2 ms and 13 pages of the log, so 0.06 ms and 6 pages; searches take the same.)
    static let gallery = Migration("gallery", ahead: galleryIndexes, """
        DROP INDEX file_by_views;
        DROP INDEX file_by_size;
        DROP INDEX file_by_owner;
        CREATE VIRTUAL TABLE file_search USING fts5(original, stored, content = '', columnsize = 0, tokenize = "ascii tokenchars '_'");
        INSERT INTO file_search (file_search, rank) VALUES ('automerge', 16);
        CREATE TABLE derived (name TEXT PRIMARY KEY, next_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO derived SELECT name, CASE WHEN EXISTS (SELECT 1 FROM file) THEN 0 ELSE \(Int64.max) END
            FROM (SELECT 'days' AS name UNION ALL SELECT 'names');
        CREATE TABLE day_count (
            kind     TEXT NOT NULL,
            start_at INTEGER NOT NULL,
            end_at   INTEGER NOT NULL,
            month    INTEGER NOT NULL,
            files    INTEGER NOT NULL,
            bytes    INTEGER NOT NULL,
            uploads  INTEGER NOT NULL,
            views    INTEGER NOT NULL,
            PRIMARY KEY (kind, start_at)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER file_of_day_uploaded AFTER INSERT ON file WHEN \(isCounted("new")) BEGIN
        UPDATE day_count SET uploads = uploads + 1 WHERE \(day("new", "new.created_at"));
        END;
        CREATE TRIGGER file_of_day_listed AFTER INSERT ON file WHEN new.state = 0 AND new.is_public = 1 AND \(isCounted("new")) BEGIN
        UPDATE day_count SET files = files + 1, bytes = bytes + new.size WHERE \(day("new", "new.created_at"));
        END;
        CREATE TRIGGER file_of_day_relisted AFTER UPDATE OF state, is_public, created_at, size, kind ON file
            WHEN new.state = 0 AND new.is_public = 1 AND \(isCounted("new")) BEGIN
        UPDATE day_count SET files = files + 1, bytes = bytes + new.size WHERE \(day("new", "new.created_at"));
        END;
        CREATE TRIGGER file_of_day_unlisted AFTER UPDATE OF state, is_public, created_at, size, kind ON file
            WHEN old.state = 0 AND old.is_public = 1 AND \(isCounted("old")) BEGIN
        UPDATE day_count SET files = files - 1, bytes = bytes - old.size WHERE \(day("old", "old.created_at"));
        END;
        CREATE TRIGGER file_of_day_removed AFTER DELETE ON file WHEN old.state = 0 AND old.is_public = 1 AND \(isCounted("old")) BEGIN
        UPDATE day_count SET files = files - 1, bytes = bytes - old.size WHERE \(day("old", "old.created_at"));
        END;
        CREATE TRIGGER file_viewed_on_day AFTER UPDATE OF views ON file WHEN new.views <> old.views BEGIN
        UPDATE day_count SET views = views + new.views - old.views WHERE \(day("new", "CAST(strftime('%s', 'now') AS INTEGER)"));
        END;
        """)

    /// With automerge 16 nothing was merged before FTS5's crisis at 16 parts, which merges all of them at once: of a million names in one
    /// transaction of 1 s (3.5 s on a slow disk), while uploads waited. With 8 the longest takes 0.06 s, and names cost the same.
    static let mergedInSteps = Migration("merged in steps", "INSERT INTO file_search (file_search, rank) VALUES ('automerge', 8)")

    /// Each takes 0.7 s for a million rows. Those that end with the type find the rows of one type without reading the others.
    private static let galleryIndexes = [
        "file_by_kind ON file (kind, created_at, id) WHERE state = 0 AND is_public = 1",
        "file_by_type ON file (type, created_at, id) WHERE state = 0 AND is_public = 1",
        "file_by_most_viewed ON file (views, id, type) WHERE state = 0 AND is_public = 1",
        "file_by_largest ON file (size, id, type) WHERE state = 0 AND is_public = 1",
        "file_of_owner ON file (account_id, created_at, id, type, state) WHERE account_id IS NOT NULL",
        "file_unlisted ON file (account_id, created_at, id, type) WHERE state = 0 AND is_public = 0",
        "file_recycled ON file (account_id, id, type) WHERE state = 2",
    ].map { "CREATE INDEX IF NOT EXISTS \($0)" }

    /// Whether a row is one of those that `day_count` holds already.
    static func isCounted(_ row: String) -> String { "\(row).id < (SELECT next_id FROM derived WHERE name = 'days')" }

    /// The row of `day_count` for a row's kind and a time.
    static func day(_ row: String, _ time: String) -> String {
        """
        kind = \(row).kind AND end_at > \(time)
            AND start_at = (SELECT MAX(start_at) FROM day_count WHERE kind = \(row).kind AND start_at <= \(time))
        """
    }

    /// Adds a row to the total of its account, or takes it away.
    static func total(_ row: String, _ sign: String) -> String {
        """
        INSERT OR IGNORE INTO account_total VALUES (\(row).account_id, 0, 0, 0);
        UPDATE account_total SET files = files \(sign) 1, bytes = bytes \(sign) \(row).size, views = views \(sign) \(row).views
            WHERE account_id = \(row).account_id;
        """
    }

    /// The columns by which lists can be sorted.
    private static let orderings = ["created_at", "views", "size"]

    private static let tables = """
        CREATE TABLE file (
            id            INTEGER PRIMARY KEY AUTOINCREMENT,
            account_id    INTEGER REFERENCES account(id),
            path          TEXT NOT NULL UNIQUE,
            original_name TEXT NOT NULL,
            type          TEXT NOT NULL,
            kind          TEXT NOT NULL CHECK (kind IN ('image', 'video')),
            size          INTEGER NOT NULL,
            width         INTEGER,
            height        INTEGER,
            duration      REAL,
            sha256        BLOB NOT NULL,
            sent_sha256   BLOB NOT NULL,
            is_public     INTEGER NOT NULL DEFAULT 1,
            views         INTEGER NOT NULL DEFAULT 0,
            created_at    INTEGER NOT NULL,
            state         INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 2),
            deleted_at    INTEGER
        ) STRICT;
        CREATE INDEX file_by_content ON file (account_id, sent_sha256) WHERE state = 0;
        CREATE INDEX file_unfinished ON file (id) WHERE state = 1;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE shelf (
            ordering TEXT NOT NULL,
            low_key  INTEGER NOT NULL,
            low_id   INTEGER NOT NULL,
            count    INTEGER NOT NULL,
            PRIMARY KEY (ordering, low_key, low_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX shelf_overfull ON shelf (ordering, low_key, low_id) WHERE count > 2000;

        """

    private static let listingIndexes = orderings.map { ordering in
        """
        CREATE INDEX file_by_\(ordering) ON file (\(ordering), id) WHERE state = 0 AND is_public = 1;
        INSERT INTO shelf VALUES ('\(ordering)', \(Int64.min), 0, 0);

        """
    }.joined()

    private static let shelfTriggers = """
        CREATE TRIGGER file_listed AFTER INSERT ON file WHEN new.state = 0 AND new.is_public = 1 BEGIN
        \(count("new", by: "+ 1"))
        END;
        CREATE TRIGGER file_relisted AFTER UPDATE OF state, is_public, created_at, views, size ON file
            WHEN new.state = 0 AND new.is_public = 1 BEGIN
        \(count("new", by: "+ 1"))
        END;
        CREATE TRIGGER file_unlisted AFTER UPDATE OF state, is_public, created_at, views, size ON file
            WHEN old.state = 0 AND old.is_public = 1 BEGIN
        \(count("old", by: "- 1"))
        END;
        CREATE TRIGGER file_removed AFTER DELETE ON file WHEN old.state = 0 AND old.is_public = 1 BEGIN
        \(count("old", by: "- 1"))
        END;

        """

    private static let counterTriggers = """
        INSERT INTO counter VALUES ('uploads', 0), ('views', 0), ('listed_image', 0), ('listed_video', 0);
        CREATE TRIGGER file_uploaded AFTER INSERT ON file BEGIN
            UPDATE counter SET value = value + 1 WHERE name = 'uploads';
        END;
        CREATE TRIGGER file_viewed AFTER UPDATE OF views ON file BEGIN
            UPDATE counter SET value = value + new.views - old.views WHERE name = 'views';
        END;

        """

    /// Updates the row count of the segment that contains the row, for each ordering, and the count of its kind.
    static func count(_ row: String, by change: String) -> String {
        let shelves = orderings.map { ordering in
            """
            UPDATE shelf SET count = count \(change) WHERE ordering = '\(ordering)' AND (low_key, low_id) = (
                SELECT low_key, low_id FROM shelf
                WHERE ordering = '\(ordering)' AND (low_key, low_id) <= (\(row).\(ordering), \(row).id)
                ORDER BY low_key DESC, low_id DESC LIMIT 1);

            """
        }.joined()
        return shelves + "UPDATE counter SET value = value \(change) WHERE name = 'listed_' || \(row).kind;"
    }
}
