// The statements by which tables are read and written whole, in the order of their keys and a part at a time, so that no engine has to hold a
// large table in memory.

import Database
import MediaStore

/// The rows of a table in one of the two databases.
struct MovedTableRows {
    private let table: MovedTable
    private let database: any Database
    private let names: MovedNames
    /// Where the rows are read.
    private let source: String

    /// Values of one statement: less than each engine takes, and few enough that a change of their number costs nothing.
    private static let mostValues = 2_000
    private static let mostRows = 100

    /// - Parameter names: what rows are called elsewhere.
    init(_ table: MovedTable, in database: any Database, names: MovedNames = .same) throws {
        (self.table, self.database, self.names) = (table, database, names)
        source = SlottedTable.source(of: table.name, in: database)
    }

    func count() throws -> Int { try database.first("SELECT COUNT(*) FROM \(source)") { $0.integer(0) } ?? 0 }

    /// (Slots of counters go with them.)
    func removeAll() throws { try database.run("DELETE FROM \(table.name)") }

    /// Calls `body` with parts of the rows, until all were given.
    func forEachPart(_ body: ([[Binding]]) throws -> Void) throws {
        var last: [Binding]?
        repeat {
            let part = try part(after: last)
            let moved = part.compactMap(self.moved)
            if !moved.isEmpty { try body(moved) }
            last = part.count == size ? part.last.map { row in table.key.map { row[$0] } } : nil
        } while last != nil
    }

    private var size: Int { max(1, min(Self.mostRows, Self.mostValues / table.columns.count)) }

    private func part(after last: [Binding]?) throws -> [[Binding]] {
        let keys = table.key.map { table.columns[$0].name }
        let list = keys.joined(separator: ", ")
        let condition = last == nil ? "" : " WHERE (\(list)) > (\(keys.map { _ in "?" }.joined(separator: ", ")))"
        var rows: [[Binding]] = []
        try database.each("SELECT \(columns) FROM \(source)\(condition) ORDER BY \(list) LIMIT \(size)",
                          with: (last ?? []).map { MovedValue(binding: $0) }) { row in
            rows.append(table.columns.enumerated().map { value(row, $0.offset, $0.element.type) })
            return true
        }
        return rows
    }

    private var columns: String { table.columns.map(\.name).joined(separator: ", ") }

    private func value(_ row: Row, _ column: Int, _ type: ColumnType) -> Binding {
        if row.isNull(column) { return .null(type) }
        return switch type {
        case .integer: .integer(Int64(row.integer(column)))
        case .real: .real(row.optionalReal(column) ?? 0)
        case .text: .text(row.text(column))
        case .bytes: .bytes(row.blob(column))
        }
    }

    /// The row as it is elsewhere: under another name, and known to no index of names. nil: it is not there.
    private func moved(_ row: [Binding]) -> [Binding]? {
        guard let column = table.index(of: "name"), case .text(let former) = row[column] else { return row }
        guard let name = names.name(former, of: table) else { return nil }
        var row = row
        row[column] = .text(name)
        if table.name == "derived", name == "names", let next = table.index(of: "next_id") { row[next] = .integer(0) }
        return row
    }

    /// - Parameter rows: one part.
    func insert(_ rows: [[Binding]]) throws {
        let row = "(\(table.columns.map { _ in "?" }.joined(separator: ", ")))"
        _ = try database.run("INSERT INTO \(table.name) (\(table.columns.map(\.name).joined(separator: ", "))) VALUES \(rows.map { _ in row }.joined(separator: ", "))",
                             with: rows.flatMap { $0.map { MovedValue(binding: $0) } })
    }
}
