// What a move needs in the databases: which tables there are to be copied, and two tables that are there during the move alone. `move_mark`, in the
// database that is left, says which move it is; `move_copy`, in the new one, that it is a copy of that move to which nobody has written yet.

import Database
import SQLite

enum MoveSchema {
    static let mark = "move_mark", copy = "move_copy"

    static func makeMark(in database: any Database) throws {
        try database.run("CREATE TABLE \(mark) (id TEXT PRIMARY KEY, node TEXT NOT NULL, target TEXT NOT NULL, began_at BIGINT NOT NULL)")
    }

    static func makeCopy(in database: any Database) throws {
        try database.run("CREATE TABLE \(copy) (id TEXT PRIMARY KEY, is_handed_over BIGINT NOT NULL)")
    }

    static func remove(_ table: String, in database: any Database) throws { try database.run("DROP TABLE IF EXISTS \(table)") }

    /// The site's tables, each after those that its rows refer to.
    static func tables() throws -> [MovedTable] {
        let model = try ServerSchema.model(SiteSchema.known)
        let names = try model.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND \(ServerSchema.own) ORDER BY rowid") { $0.text(0) }
        return try names.map { name in
            MovedTable(name: name, columns: try model.all("SELECT name, type, pk FROM pragma_table_info(?)", name) {
                MovedTable.Column(name: $0.text(0), type: type($0.text(1)), keyPlace: $0.integer(2))
            })
        }
    }

    private static func type(_ name: String) -> ColumnType {
        switch name {
        case "INTEGER": .integer
        case "REAL": .real
        case "BLOB": .bytes
        default: .text
        }
    }

    /// Of a file that is not in use yet: the order of tables, and not each row, sees to references.
    static func requireReferences(in file: Connection) throws {
        guard let table = try file.first("SELECT \"table\" FROM pragma_foreign_key_check", make: { $0.text(0) }) else { return }
        throw MoveError.differs(table: table, "it has rows that refer to rows that are not there")
    }
}
