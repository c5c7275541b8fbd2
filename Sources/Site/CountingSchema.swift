// New rows of `file` are counted many at a time: one by one they take an upload as long as the insertion itself, and six pages of the
// database's log. `derived` holds the first id that is not counted (`WaitingRows`), and the triggers leave out the rows from it on.

import SQLite

enum CountingSchema {
    static let migration = Migration("rows counted together", triggers.map(\.text).joined() + removals,
                                     rows: ["INSERT INTO derived (name, next_id) VALUES ('counted', \(Int64.max))"])

    /// A trigger on `file` that there was, for the rows that are counted.
    private struct Trigger {
        let name: String
        let event: String
        let condition: String
        let body: String

        var text: String {
            """
            DROP TRIGGER \(name);
            CREATE TRIGGER \(name) AFTER \(event) ON file WHEN \(condition) BEGIN
            \(body)
            END;

            """
        }

        init(_ name: String, _ event: String, _ row: String, _ condition: String, _ body: String) {
            (self.name, self.event, self.body) = (name, event, body)
            self.condition = "\(row).id < \(firstWaiting) AND \(condition)"
        }
    }

    private static let firstWaiting = "(SELECT next_id FROM derived WHERE name = 'counted')"
    private static let triggers = lists + accounts + days + totals + [
        Trigger("file_uploaded", "INSERT", "new", "new.former_of IS NULL", "UPDATE counter SET value = value + 1 WHERE name = 'uploads';"),
    ]

    private static let lists = {
        let columns = "UPDATE OF state, is_public, created_at, views, size"
        return [
            Trigger("file_listed", "INSERT", "new", isListed("new"), MediaSchema.count("new", by: "+ 1")),
            Trigger("file_relisted", columns, "new", isListed("new"), MediaSchema.count("new", by: "+ 1")),
            Trigger("file_unlisted", columns, "old", isListed("old"), MediaSchema.count("old", by: "- 1")),
            Trigger("file_removed", "DELETE", "old", isListed("old"), MediaSchema.count("old", by: "- 1")),
        ]
    }()

    private static let accounts = {
        let columns = "UPDATE OF state, account_id, size, views"
        return [
            Trigger("file_owned", "INSERT", "new", isOwned("new"), MediaSchema.total("new", "+")),
            Trigger("file_owned_again", columns, "new", isOwned("new"), MediaSchema.total("new", "+")),
            Trigger("file_disowned", columns, "old", isOwned("old"), MediaSchema.total("old", "-")),
            Trigger("file_of_account_removed", "DELETE", "old", isOwned("old"), MediaSchema.total("old", "-")),
        ]
    }()

    private static let days = {
        let columns = "UPDATE OF state, is_public, created_at, size, kind"
        let (new, old) = (MediaSchema.isCounted("new"), MediaSchema.isCounted("old"))
        return [
            Trigger("file_of_day_uploaded", "INSERT", "new", "new.former_of IS NULL AND \(new)", uploadOfDay("new")),
            Trigger("file_of_day_listed", "INSERT", "new", "\(isListed("new")) AND \(new)", listedOfDay("new", "+")),
            Trigger("file_of_day_relisted", columns, "new", "\(isListed("new")) AND \(new)", listedOfDay("new", "+")),
            Trigger("file_of_day_unlisted", columns, "old", "\(isListed("old")) AND \(old)", listedOfDay("old", "-")),
            Trigger("file_of_day_removed", "DELETE", "old", "\(isListed("old")) AND \(old)", listedOfDay("old", "-")),
        ]
    }()

    private static let totals = {
        let columns = "UPDATE OF state, type, size, key_id"
        let (new, old) = ("new.state = 0 AND \(LogSchema.isCounted("new"))", "old.state = 0 AND \(LogSchema.isCounted("old"))")
        return [
            Trigger("file_totalled", "INSERT", "new", new, LogSchema.count("new", "+")),
            Trigger("file_totalled_again", columns, "new", new, LogSchema.count("new", "+")),
            Trigger("file_not_totalled", columns, "old", old, LogSchema.count("old", "-")),
            Trigger("file_of_totals_removed", "DELETE", "old", old, LogSchema.count("old", "-")),
        ]
    }()

    /// An upload stays one when its row goes before it was counted.
    private static let removals = """
        CREATE TRIGGER file_removed_early AFTER DELETE ON file WHEN \(isUncountedUpload) BEGIN
        UPDATE counter SET value = value + 1 WHERE name = 'uploads';
        END;
        CREATE TRIGGER file_of_day_removed_early AFTER DELETE ON file WHEN \(isUncountedUpload) AND \(MediaSchema.isCounted("old")) BEGIN
        \(uploadOfDay("old"))
        END;
        """

    private static let isUncountedUpload = "old.id >= \(firstWaiting) AND old.former_of IS NULL"

    private static func isListed(_ row: String) -> String { "\(row).state = 0 AND \(row).is_public = 1" }
    private static func isOwned(_ row: String) -> String { "\(row).state = 0 AND \(row).account_id IS NOT NULL" }

    private static func uploadOfDay(_ row: String) -> String {
        "UPDATE day_count SET uploads = uploads + 1 WHERE \(MediaSchema.day(row, "\(row).created_at"));"
    }

    private static func listedOfDay(_ row: String, _ sign: String) -> String {
        "UPDATE day_count SET files = files \(sign) 1, bytes = bytes \(sign) \(row).size WHERE \(MediaSchema.day(row, "\(row).created_at"));"
    }
}
