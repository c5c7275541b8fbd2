// The names by which files are found are in a full-text index. To add one name takes an upload six pages of the database's log; to add
// sixty-four at once takes hardly more. So the newest rows wait for one another, and a search reads them beside the index.

import Database

/// The full-text index of names, together with the rows that it does not hold yet: those from `derived.next_id` on.
struct NameIndex {
    /// Rows that wait at most, before the next upload adds them all.
    static let batch = 64
    /// For more rows than these, which a migration leaves behind, the index is not complete: `imagebed index` adds them.
    static let mostWaiting = 1_024

    let index: SearchRows
    let deriving: DerivingRows

    init(database: any Database) {
        index = SearchRows(database: database)
        deriving = DerivingRows(database: database)
    }

    /// Whether a search finds all rows.
    func isComplete() throws -> Bool {
        try !isTooMuch(from: deriving.next(.names), upTo: deriving.lastID())
    }

    /// Whether more rows wait than an upload adds. Ids may have gaps (`SiteSchema.passOverIDs`): far apart, rows are counted.
    private func isTooMuch(from next: Int, upTo last: Int) throws -> Bool {
        guard next != .max, last - next >= NameIndex.mostWaiting else { return false }
        return try deriving.isAny(behind: NameIndex.mostWaiting, from: next)
    }

    // Changes; in a transaction

    /// A row that was inserted now waits, or is added together with those that wait.
    func add(insertedRow id: Int) throws {
        let next = try deriving.next(.names)
        if next == .max { return try letWait(insertedRow: id) }
        guard try isFull(from: next, at: id) else { return }
        try add(deriving.rows(from: next, atMost: NameIndex.mostWaiting))
        try deriving.setNext(.names, to: id + 1)
    }

    /// A row that was inserted now waits, while others insert rows whose ids are lower or higher.
    func letWait(insertedRow id: Int) throws { try deriving.lowerNext(.names, to: id) }

    /// Whether so many wait that they are to be added (`addWaiting`), after a row was inserted.
    func isFull(at id: Int) throws -> Bool { try isFull(from: deriving.next(.names), at: id) }

    private func isFull(from next: Int, at id: Int) throws -> Bool {
        try id >= next && id - next >= NameIndex.batch - 1 && !isTooMuch(from: next, upTo: id)
    }

    /// While nobody inserts rows.
    func addWaiting() throws {
        let next = try deriving.next(.names)
        guard next != .max, case let rows = try deriving.rows(from: next, atMost: NameIndex.mostWaiting), let last = rows.last else { return }
        try add(rows)
        try deriving.setNext(.names, to: last.id + 1)
    }

    /// Rows that were inserted now, in order of ids: many are added at once, together with those that wait.
    func add(insertedRows new: [DerivingRow]) throws {
        guard new.count >= NameIndex.batch, let first = new.first, let last = new.last else {
            return try new.forEach { try add(insertedRow: $0.id) }
        }
        let next = try deriving.next(.names)
        let waiting = next == .max ? [] : try deriving.rows(from: next, atMost: NameIndex.mostWaiting).prefix { $0.id < first.id }
        guard waiting.count < NameIndex.mostWaiting else { return }
        try add(waiting + new)
        try deriving.setNext(.names, to: last.id + 1)
    }

    func add(_ rows: some Sequence<DerivingRow>) throws {
        for row in rows { try index.insert(row.id, row.names) }
    }

    /// - Parameter names: those under which the row was added.
    func remove(_ id: Int, _ names: FileNames) throws {
        if try deriving.next(.names) > id { try index.own.remove(id, names) }
    }

    /// Other names for a row; nothing is to be done for one that waits.
    func replace(_ names: FileNames, of id: Int, with new: FileNames) throws {
        guard try deriving.next(.names) > id else { return }
        try index.own.remove(id, names)
        try index.insert(id, new)
    }

    // Searches; in one snapshot

    /// Rows whose original or stored name holds a text, by id, whatever their state; none for a text of less than two characters.
    ///
    /// - Parameters:
    ///   - id: the row behind which the search begins.
    ///   - body: returns whether to go on.
    func each(_ text: String, from id: Int, descending: Bool, atMost count: Int, _ body: (StoredFile) throws -> Bool) throws {
        let pairs = SearchPairs(text)
        guard let query = pairs.query else { return }
        var waiting = try waitingRows().filter { row in
            (descending ? row.id < id : row.id > id) && (pairs.isFound(in: row.names.original) || pairs.isFound(in: row.names.stored))
        }
        if !descending { waiting.reverse() }
        var (left, goesOn) = (count, true)
        func take(_ file: StoredFile) throws -> Bool {
            left -= 1
            goesOn = try body(file)
            return goesOn && left > 0
        }
        func takeWaiting() throws {
            for file in waiting where goesOn && left > 0 { _ = try take(file) }
        }
        if descending { try takeWaiting() }
        if goesOn, left > 0 { try index.each(query, from: id, descending: descending, atMost: left, take) }
        if !descending { try takeWaiting() }
    }

    /// The ids of rows whose original name holds a text; nil if they are so many, or the text is so short, that a list is not best made from
    /// them.
    func few(_ text: String) throws -> [Int]? {
        let pairs = SearchPairs(text)
        guard let query = pairs.query, let ids = try index.few(query) else { return nil }
        return try ids + waitingRows().filter { pairs.isFound(in: $0.originalName) }.map(\.id)
    }

    /// The newest first.
    private func waitingRows() throws -> [StoredFile] {
        let next = try deriving.next(.names)
        return next == .max ? [] : try FileRows(database: index.database).newest(from: next, atMost: NameIndex.mostWaiting)
    }
}

extension StoredFile {
    fileprivate var names: FileNames { FileNames(original: originalName, path: path.text) }
}
