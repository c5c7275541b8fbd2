// The statements on the table `file` for lists in parts: one index each, from a place on. Each index ends with the type, so that SQLite
// finds the rows of a type in it without reading the others.

import Database
import Media

extension FileRows {
    /// Entries of an index that are read for one part, if few of them are of the wanted types. (1.2 ms.)
    static let entryLimit = 10_000
    /// Rows of a type up to which they are sorted rather than searched in the order of the list.
    private static let fewOfAType = 1_000

    /// Rows from the place of a request on, `count` at most, by the index that leaves out most; `PartRequest.shows` leaves out the rest.
    ///
    /// - Parameter body: returns whether to go on.
    func each(_ request: PartRequest, atMost count: Int, _ body: (StoredFile) throws -> Bool) throws {
        if let criteria = request.criteria { return try each(criteria, request, atMost: count, body) }
        let place = Self.place(request)
        guard let types = request.typesToFind else {
            return try each("SELECT \(Self.columns) FROM file WHERE \(place.condition) ORDER BY \(place.order) LIMIT ?", place.values + [count], body)
        }
        if try hasFew(types, request) { return try eachOfFew(types, request, atMost: count, body) }
        try each(
            """
            SELECT \(Self.columns) FROM file WHERE id IN (
                SELECT id FROM (SELECT id, type FROM file WHERE \(place.condition) ORDER BY \(place.order) LIMIT ?) AS entry
                WHERE type IN (\(Self.marks(types))) LIMIT ?)
            ORDER BY \(place.order)
            """, place.values + [Self.entryLimit] + types.map(\.rawValue) + [count], body)
    }

    private func each(_ text: String, _ values: [any Bindable], _ body: (StoredFile) throws -> Bool) throws {
        try database.each(text, with: values) { try body(StoredFile($0)) }
    }

    /// The place of the last entry that `each` reads for a type; nil if the list ends before, or all rows of the type were read.
    func end(of request: PartRequest) throws -> ListPosition? {
        if let criteria = request.criteria { return try end(of: criteria, request) }
        guard let types = request.typesToFind, try !hasFew(types, request) else { return nil }
        let place = Self.place(request)
        var end: ListPosition?
        try database.each(
            "SELECT \(request.order.column), id FROM file WHERE \(place.condition) ORDER BY \(place.order) LIMIT 1 OFFSET ?",
            with: place.values + [Self.entryLimit - 1]) { row in
            end = ListPosition(request.order, key: row.integer(0), id: row.integer(1))
            return false
        }
        return end
    }

    /// Whether the gallery has so few files of the types that sorting them is faster.
    private func hasFew(_ types: [MediaType], _ request: PartRequest) throws -> Bool {
        guard request.scope == .listed else { return false }
        var count = 0
        try database.each(
            "SELECT COUNT(*) FROM (SELECT id FROM file WHERE \(FileState.isListed) AND type IN (\(Self.marks(types))) LIMIT ?) AS found",
            with: types.map(\.rawValue) + [Self.fewOfAType + 1]) { row in
            count = row.integer(0)
            return false
        }
        return count <= Self.fewOfAType
    }

    /// By the index of types: the unary plus keeps SQLite from that of the order.
    private func eachOfFew(_ types: [MediaType], _ request: PartRequest, atMost count: Int, _ body: (StoredFile) throws -> Bool) throws {
        let (column, direction, sign) = Self.direction(request)
        try each(
            """
            SELECT \(Self.columns) FROM file WHERE \(FileState.isListed) AND type IN (\(Self.marks(types))) AND (+\(column), +id) \(sign) (?, ?)
            ORDER BY +\(column) \(direction), +id \(direction) LIMIT ?
            """, types.map(\.rawValue) + Self.start(request) + [count], body)
    }

    private static func marks(_ types: [MediaType]) -> String { types.map { _ in "?" }.joined(separator: ", ") }

    // The place of a part

    private static func place(_ request: PartRequest) -> (condition: String, order: String, values: [any Bindable]) {
        let (column, direction, sign) = direction(request)
        var (condition, values) = base(request)
        condition += " AND (\(column), id) \(sign) (?, ?)"
        values += start(request)
        if request.order == .time, let since = request.since {
            condition += " AND created_at >= ?"
            values.append(since)
        }
        return (condition, "\(column) \(direction), id \(direction)", values)
    }

    private static func direction(_ request: PartRequest) -> (column: String, direction: String, sign: String) {
        (request.order.column, request.readsDownwards ? "DESC" : "ASC", request.readsDownwards ? "<" : ">")
    }

    private static func start(_ request: PartRequest) -> [any Bindable] {
        let end: Int = request.readsDownwards ? .max : .min
        return [request.position?.key ?? end, request.position?.id ?? end]
    }

    /// The condition that an index covers, and its values.
    private static func base(_ request: PartRequest) -> (String, [any Bindable]) {
        switch (request.scope, request.filter) {
        case (.recycled(let account), _): ("\(FileState.recycled.condition) AND account_id = ?", [account])
        case (.owned(let account), _): ("\(isKept) AND account_id = ?", [account])
        case (.unlisted(let account), _): ("\(isKept) AND is_public = 0 AND account_id = ?", [account])
        case (.listed, .kind(let kind)) where request.order == .time: ("\(FileState.isListed) AND kind = ?", [kind.rawValue])
        case (.listed, .type(let type)) where request.order == .time: ("\(FileState.isListed) AND type = ?", [type.rawValue])
        case (.listed, _), (.everybody, _): (FileState.isListed, [])
        }
    }
}

extension PartRequest {
    /// The types that have to be found among the entries of the list's index; nil if that holds no others.
    var typesToFind: [MediaType]? {
        if scope == .listed, order == .time { return nil }
        return switch filter {
        case .all: nil
        case .kind(let kind): MediaType.allCases.filter { $0.kind == kind }
        case .type(let type): [type]
        }
    }
}
