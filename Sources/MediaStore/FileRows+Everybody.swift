// The statements on everybody's files: rows are read in the list's order by an index, from a place on, and those that do not fit are left
// out. A part reads a bounded number of them, because no index serves every filter.

import Database
import Media

extension FileRows {
    /// Rows that are read for one part. (3 ms.)
    static let everybodysEntries = 5_000
    /// Rows up to which sorting them is faster than finding them in the order of the list. (2.5 ms.)
    private static let fewEnough = 1_000
    /// What filters look at.
    private static let entryColumns = "id, account_id, path, type, is_public, state"

    /// Rows from the place of a request on, `count` at most.
    ///
    /// - Parameter body: returns whether to go on.
    func each(_ criteria: FileCriteria, _ request: PartRequest, atMost count: Int, _ body: (StoredFile) throws -> Bool) throws {
        let (walk, narrowing) = (try walk(criteria, request), Self.narrowing(criteria, request))
        try database.each(
            """
            SELECT \(Self.columns) FROM file WHERE id IN (
                SELECT id FROM (SELECT \(Self.entryColumns) FROM \(walk.source) LIMIT ?) AS entry
                WHERE \(narrowing.condition) LIMIT ?)
            ORDER BY \(walk.order)
            """, with: walk.values + [Self.everybodysEntries] + narrowing.values + [count]) { try body(StoredFile($0)) }
    }

    /// The place of the last row that `each` reads; nil if the list ends before.
    func end(of criteria: FileCriteria, _ request: PartRequest) throws -> ListPosition? {
        let walk = try walk(criteria, request)
        var end: ListPosition?
        try database.each("SELECT \(request.order.column), id FROM \(walk.source) LIMIT 1 OFFSET ?", with: walk.values + [Self.everybodysEntries - 1]) { row in
            end = request.order == .path ? ListPosition(path: row.text(0), id: row.integer(1))
                : ListPosition(request.order, key: row.integer(0), id: row.integer(1))
            return false
        }
        return end
    }

    /// The files among the first rows of a list.
    func count(_ criteria: FileCriteria, _ request: PartRequest, atMost limit: Int) throws -> FileCount {
        let (walk, narrowing) = (try walk(criteria, request), Self.narrowing(criteria, request))
        var count = 0
        try database.each(
            """
            SELECT COUNT(*) FROM (SELECT \(Self.entryColumns) FROM \(walk.source) LIMIT ?) AS entry WHERE \(narrowing.condition)
            """, with: walk.values + [limit] + narrowing.values) { row in
            count = row.integer(0)
            return false
        }
        var isWhole = true
        try database.each("SELECT id FROM \(walk.source) LIMIT 1 OFFSET ?", with: walk.values + [limit]) { _ in
            isWhole = false
            return false
        }
        return FileCount(files: count, isWhole: isWhole)
    }

    /// The newest row's id; 0 if there is none.
    func lastID() throws -> Int { try database.first("SELECT MAX(id) FROM file") { $0.optionalInteger(0) ?? 0 } ?? 0 }

    // The rows that are read

    private func walk(_ criteria: FileCriteria, _ request: PartRequest) throws -> Walk {
        if let path = criteria.path { return Walk("file WHERE path = ?", "id DESC", [path.text]) }
        if request.order == .path, let folder = criteria.folder { return Walk(below: folder, request) }
        if !criteria.isRecycled, let address = criteria.address {
            return Walk("upload_record JOIN file ON file.id = file_id WHERE address = ? AND ", [address], by: ["file_id"], request)
        }
        return try criteria.isRecycled ? recycled(criteria, request) : byTime(criteria, request)
    }

    private func recycled(_ criteria: FileCriteria, _ request: PartRequest) throws -> Walk {
        let isRecycled = FileState.recycled.condition
        if case .account(let id) = criteria.owner { return Walk("file WHERE \(isRecycled) AND account_id = ? AND ", [id], by: ["id"], request) }
        // (The unary plus keeps SQLite from reading all rows by their ids.)
        return try isRare("file WHERE \(isRecycled)") ? Walk("file WHERE \(isRecycled) AND ", by: ["+id"], request) : Walk("file WHERE ", by: ["id"], request)
    }

    private func byTime(_ criteria: FileCriteria, _ request: PartRequest) throws -> Walk {
        let (isUnlisted, time) = ("\(Self.isKept) AND is_public = 0", ["created_at", "id"])
        if case .account(let id) = criteria.owner {
            return Walk("file WHERE \(criteria.isUnlisted ? isUnlisted + " AND " : "")account_id = ? AND ", [id], by: time, request)
        }
        // (The order is that of the index of unlisted files, which SQLite would not choose by itself.)
        let unlisted = "file WHERE \(isUnlisted) ORDER BY account_id, created_at, id"
        guard criteria.isUnlisted, try isRare(unlisted) else { return Walk("file WHERE ", by: time, request) }
        return Walk("(SELECT \(Self.entryColumns), created_at FROM \(unlisted) LIMIT \(Self.fewEnough)) AS rare WHERE ", by: time, request)
    }

    private func isRare(_ rows: String) throws -> Bool { try count(rows, atMost: Self.fewEnough + 1) <= Self.fewEnough }

    /// Rows of the recycle bin.
    func recycledCount(atMost limit: Int) throws -> Int { try count("file WHERE \(FileState.recycled.condition)", atMost: limit) }

    private func count(_ rows: String, atMost limit: Int) throws -> Int {
        try database.first("SELECT COUNT(*) FROM (SELECT id FROM \(rows) LIMIT ?) AS found", limit) { $0.integer(0) } ?? 0
    }

    // The rows that are left out

    private static func narrowing(_ criteria: FileCriteria, _ request: PartRequest) -> (condition: String, values: [any Bindable]) {
        var conditions = [criteria.isRecycled ? FileState.recycled.condition : isKept]
        var values: [any Bindable] = []
        func add(_ condition: String, _ more: any Bindable...) {
            conditions.append(condition)
            values += more
        }
        if criteria.isUnlisted { add("is_public = 0") }
        switch criteria.owner {
        case .account(let id): add("account_id = ?", id)
        case .visitors: add("account_id IS NULL")
        case nil: break
        }
        if let folder = criteria.folder { add("path > ? AND path < ?", folder.text + "/", folder.text + "0") }
        if let last = criteria.lastID { add("id <= ?", last) }
        if let types = request.typesToFind {
            add("type IN (\(types.map { _ in "?" }.joined(separator: ", ")))")
            values += types.map(\.rawValue)
        }
        addSender(criteria, add)
        return (conditions.joined(separator: " AND "), values)
    }

    private static func addSender(_ criteria: FileCriteria, _ add: (String, any Bindable...) -> Void) {
        // (Not EXISTS, which PostgreSQL makes a join of, and then the rows are not in the order of the list any more.)
        func sent(_ column: String) -> String { "(SELECT \(column) FROM upload_record WHERE file_id = entry.id)" }
        if let address = criteria.address { add("\(sent("address")) = ?", address) }
        switch criteria.way {
        case .page: add("\(sent("way")) = ?", FileCriteria.Way.pageWord)
        case .anyKey: add("\(sent("way")) <> ?", FileCriteria.Way.pageWord)
        case .key(let number): add("\(sent("way")) = ?", number)
        case nil: break
        }
    }
}

/// Rows in an order, from a place on.
private struct Walk {
    /// What follows FROM, with its order.
    let source: String
    let values: [any Bindable]
    /// The order of the rows of `file` themselves.
    let order: String

    init(_ source: String, _ order: String, _ values: [any Bindable]) { (self.source, self.order, self.values) = (source, order, values) }

    /// - Parameter columns: of the order; the last one is the id.
    init(_ base: String, _ values: [any Bindable] = [], by columns: [String], _ request: PartRequest) {
        let (sign, direction, end) = Walk.direction(request)
        let place: [any Bindable] = columns.count == 1 ? [request.position?.id ?? end] : [request.position?.key ?? end, request.position?.id ?? end]
        let condition = columns.count == 1 ? "\(columns[0]) \(sign) ?" : "(\(columns.joined(separator: ", "))) \(sign) (?, ?)"
        let names = columns.count == 1 ? ["+id"] : ["+created_at", "+id"]
        self.init("\(base)\(condition) ORDER BY \(Walk.list(columns, direction))", Walk.list(names, direction), values + place)
    }

    /// (In ASCII, '0' is the character after '/'.)
    init(below folder: StoredPath, _ request: PartRequest) {
        let (sign, direction, end) = Walk.direction(request)
        let (first, last) = (folder.text + "/", folder.text + "0"), order = Walk.list(["path", "id"], direction)
        self.init("file WHERE path > ? AND path < ? AND (path, id) \(sign) (?, ?) ORDER BY \(order)", order,
                  [first, last, request.position?.path ?? (request.readsDownwards ? last : first), request.position?.id ?? end])
    }

    private static func direction(_ request: PartRequest) -> (sign: String, direction: String, end: Int) {
        request.readsDownwards ? ("<", "DESC", .max) : (">", "ASC", .min)
    }

    private static func list(_ columns: [String], _ direction: String) -> String { columns.map { "\($0) \(direction)" }.joined(separator: ", ") }
}
