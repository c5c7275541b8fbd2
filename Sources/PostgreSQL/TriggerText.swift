// A trigger of SQLite's in PostgreSQL's words. (Those that count: `CountingTriggerText`.)

/// The parts of a `CREATE TRIGGER`.
struct TriggerParts {
    let name: String
    /// "AFTER UPDATE".
    let event: [String]
    /// Of `UPDATE OF`.
    let columns: [String]
    let table: String
    let condition: [String]
    /// Its statements, with PostgreSQL's names of functions and types.
    let body: [[String]]

    init(_ words: SchemaWords) {
        let words = words.all
        let begin = words.firstIndex(of: "BEGIN") ?? words.endIndex
        let when = words[..<begin].firstIndex(of: "WHEN") ?? begin
        let on = words[..<when].firstIndex(of: "ON") ?? when
        let event = words[3..<on].split(separator: "OF", maxSplits: 1)
        (name, table) = (words[2], words[(on + 1)..<when].first ?? "")
        self.event = event.first.map { Array($0) } ?? []
        columns = event.dropFirst().first.map { $0.filter { $0 != "," } } ?? []
        condition = Self.adapted(Array(words[when..<begin].dropFirst()))
        body = SchemaWords.parts(words[(begin + 1)..<(words.endIndex - 1)], by: ";").filter { !$0.isEmpty }.map(Self.adapted)
    }

    private static func adapted(_ words: [String]) -> [String] {
        var words = words
        while let start = words.indices.first(where: { words[$0...].starts(with: ["strftime", "(", "'%s'", ",", "'now'", ")"]) }) {
            words.replaceSubrange(start..<(start + 6), with: ["floor(extract(epoch FROM statement_timestamp()))"])
        }
        return words.map { $0 == "INTEGER" ? "bigint" : $0 }
    }
}

/// A trigger with its function, which does for each row what the trigger of SQLite's does.
struct TriggerText {
    let text: String

    /// `ServerConnection.withoutTriggers` says so.
    static let isWanted = "current_setting('imagebed.triggers', true) IS DISTINCT FROM 'off'"

    init(_ trigger: TriggerParts) {
        let condition = trigger.condition.joined(separator: " ")
        // PostgreSQL takes no query in WHEN.
        let result = trigger.event.first == "BEFORE" ? "new" : "NULL"
        let isQuery = condition.contains("SELECT")
        let steps = trigger.body.map { "    \(Self.statement($0));\n" }.joined()
        let columns = trigger.columns.isEmpty ? "" : " OF \(trigger.columns.joined(separator: ", "))"
        text = """
            CREATE FUNCTION \(trigger.name)() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
            \(isQuery ? "    IF NOT (\(condition)) THEN RETURN \(result); END IF;\n" : "")\(steps)    RETURN \(result);
            END $body$;
            CREATE TRIGGER \(trigger.name) \(trigger.event.joined(separator: " "))\(columns) ON \(trigger.table) FOR EACH ROW
                WHEN (\(Self.isWanted)\(condition.isEmpty || isQuery ? "" : " AND (\(condition))")) EXECUTE FUNCTION \(trigger.name)()
            """
    }

    private static func statement(_ words: [String]) -> String {
        var words = words
        if SchemaText.remove(["OR", "IGNORE"], from: &words) { words += ["ON CONFLICT DO NOTHING"] }
        guard words.starts(with: ["SELECT", "RAISE", "(", "ABORT", ","]), words.count > 8, words[7] == "WHERE" else {
            return words.joined(separator: " ")
        }
        return "IF \(words[8...].joined(separator: " ")) THEN RAISE EXCEPTION \(words[5]) USING ERRCODE = 'integrity_constraint_violation'; END IF"
    }
}
