// The statements on the table `counter`: named numbers, some of which are maintained by triggers.

import Database

/// Named numbers.
public struct CounterRows {
    let database: any Database

    private var whole: String { database.summed("counter") }

    public func value(_ name: String) throws -> Int? { try database.first("SELECT value FROM \(whole) WHERE name = ?", name) { $0.integer(0) } }

    func all() throws -> [String: Int] {
        Dictionary(uniqueKeysWithValues: try database.all("SELECT name, value FROM \(whole)") { ($0.text(0), $0.integer(1)) })
    }

    func add(_ count: Int, to name: String) throws { try database.run("UPDATE counter SET value = value + ? WHERE name = ?", count, name) }

    /// - Parameter name: of a number that no trigger adds to.
    public func set(_ name: String, to value: Int) throws {
        try database.run("INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
    }

    /// Removes the rows whose names are in a range, except the last ones in order of names.
    public func remove(from first: String, to end: String, butLast count: Int) throws {
        try database.run(
            """
            DELETE FROM counter WHERE name >= ?1 AND name < ?2 AND name NOT IN
                (SELECT name FROM counter WHERE name >= ?1 AND name < ?2 ORDER BY name DESC LIMIT ?3)
            """, first, end, count)
    }
}
