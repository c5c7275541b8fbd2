// Triggers that count along become triggers of whole statements. For each row they would leave a version of the counter's row, and each
// further change would go through all that the transaction has left: of ten thousand files, a folder's, the last would take as long as
// thousands alone. What they add goes to slots of the counters (`Slots`).

import Database

/// A trigger after a change, all of whose statements add to counters or insert counters that are missing, with its function: it adds up what the
/// rows of the change come to, and changes one slot of each counter once.
struct CountingTriggerText {
    let text: String
    /// The tables of the counters.
    let tables: Set<String>

    /// - Returns: nil if the trigger does something else.
    init?(_ trigger: TriggerParts) {
        guard trigger.event.first == "AFTER", let deed = trigger.event.dropFirst().first else { return nil }
        let rows = Self.rows(deed, columns: trigger.columns)
        let condition = (rows.condition + [Self.renamed(trigger.condition).joined(separator: " ")]).filter { !$0.isEmpty }
        let changes = trigger.body.map { Self.change(Self.renamed($0), rows: rows.source, where: condition.map { "(\($0))" }.joined(separator: " AND ")) }
        guard !changes.contains(nil) else { return nil }
        tables = Set(trigger.body.compactMap { Addition(Self.renamed($0))?.table })
        text = """
            CREATE FUNCTION \(trigger.name)() RETURNS trigger LANGUAGE plpgsql\(rows.plan) AS $body$ BEGIN
            \(changes.map { "    \($0 ?? "");\n" }.joined())    RETURN NULL;
            END $body$;
            CREATE TRIGGER \(trigger.name) AFTER \(deed) ON \(trigger.table) REFERENCING \(rows.names) FOR EACH STATEMENT
                WHEN (\(TriggerText.isWanted)) EXECUTE FUNCTION \(trigger.name)()
            """
    }

    /// The rows of a change: `later` as they are now, `former` as they were.
    ///
    /// - Parameter columns: of `UPDATE OF`, which PostgreSQL does not take here. (What it leaves out would be taken away and added again.)
    private static func rows(_ deed: String, columns: [String]) -> (source: String, names: String, condition: [String], plan: String) {
        switch deed {
        case "INSERT": return ("later", "NEW TABLE AS later", [], "")
        case "DELETE": return ("former", "OLD TABLE AS former", [], "")
        default:
            let (later, former) = (columns.map { "later.\($0)" }, columns.map { "former.\($0)" })
            let isChanged = columns.isEmpty ? [] : ["(\(later.joined(separator: ", "))) IS DISTINCT FROM (\(former.joined(separator: ", ")))"]
            // Plans are kept. One that was made for a single row must not compare each of ten thousand with each; and what seems to be dear
            // without loops, though it is not, must not be compiled for a second.
            return ("later JOIN former ON former.id = later.id", "NEW TABLE AS later OLD TABLE AS former", isChanged,
                    " SET enable_nestloop = off SET jit = off")
        }
    }

    private static func renamed(_ words: [String]) -> [String] {
        words.map { word in
            word.hasPrefix("new.") ? "later." + word.dropFirst(4) : word.hasPrefix("old.") ? "former." + word.dropFirst(4) : word
        }
    }

    private static func change(_ words: [String], rows: String, where condition: String) -> String? {
        let condition = condition.isEmpty ? "" : " WHERE \(condition)"
        if words.starts(with: ["INSERT", "OR", "IGNORE", "INTO"]), words.count > 7, words[5] == "VALUES" {
            return "INSERT INTO \(words[4]) SELECT DISTINCT \(words[7..<(words.count - 1)].joined(separator: " ")) FROM \(rows)\(condition) ON CONFLICT DO NOTHING"
        }
        return Addition(words)?.text(of: rows, condition)
    }
}

/// An `UPDATE` that adds to columns of the rows that a key names.
private struct Addition {
    let table: String
    private var sums: [(column: String, value: String)] = []
    /// What the row of a counter is found by, and the columns that it is known by.
    private let place: String
    private var key: [String] = []

    init?(_ words: [String]) {
        guard words.count > 3, words[0] == "UPDATE", words[2] == "SET", let condition = words.firstIndex(of: "WHERE") else { return nil }
        (table, place) = (words[1], words[(condition + 1)...].joined(separator: " "))
        for sum in SchemaWords.parts(words[3..<condition], by: ",") {
            guard sum.count > 4, sum[1] == "=", sum[2] == sum[0], ["+", "-"].contains(sum[3]) else { return nil }
            sums.append((column: sum[0], value: sum[3...].joined(separator: " ")))
        }
        for part in SchemaWords.parts(words[(condition + 1)...], by: "AND") {
            if part[1] == "=" { key.append(part[0]) }
            guard part[0] == "(", let end = part.firstIndex(of: ")"), part[end + 1] == "=" else { continue }
            key += part[1..<end].filter { $0 != "," }
        }
        guard !key.isEmpty else { return nil }
    }

    /// (OFFSET keeps the row of a counter to be found by an index, for each row of the change. Slots are changed in the order of their keys.)
    func text(of rows: String, _ condition: String) -> String {
        let (slots, places) = (Slots.table(of: table), key.map { "place.\($0)" }.joined(separator: ", "))
        return """
            INSERT INTO \(slots) (\(key.joined(separator: ", ")), \(Slots.column), \(sums.map(\.column).joined(separator: ", ")))
                SELECT \(places), pg_backend_pid() % \(Slots.count), \(sums.map { "SUM(\($0.value))::bigint" }.joined(separator: ", "))
                FROM \(rows) CROSS JOIN LATERAL (SELECT \(key.joined(separator: ", ")) FROM \(table) WHERE \(place) OFFSET 0) AS place\(condition)
                GROUP BY \(places) ORDER BY \(places)
                ON CONFLICT (\(key.joined(separator: ", ")), \(Slots.column)) DO UPDATE
                    SET \(sums.map { "\($0.column) = \(slots).\($0.column) + excluded.\($0.column)" }.joined(separator: ", "))
            """
    }
}
