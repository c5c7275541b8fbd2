// The public list: filters, order, pages.

import Media
import SQLite

/// What a caller wants to see, already within its limits.
public struct ListRequest: Sendable {
    /// Pages count from 1.
    public var page: Int
    public var perPage: Int
    public var order: ListOrder
    public var descending: Bool
    public var kind: MediaKind?
    /// Part of the original name; letter case of ASCII does not count.
    public var search: String?
    /// Only this account's files, private ones included.
    public var owner: Int?

    public static let perPageLimit = 100

    public init(page: Int = 1, perPage: Int = 20, order: ListOrder = .createdAt, descending: Bool = true,
                kind: MediaKind? = nil, search: String? = nil, owner: Int? = nil) {
        // The product of both must stay an integer.
        self.page = min(max(page, 1), Int(Int32.max))
        self.perPage = min(max(perPage, 1), ListRequest.perPageLimit)
        self.order = order
        self.descending = descending
        self.kind = kind
        self.search = search
        self.owner = owner
    }

    var offset: Int { (page - 1) * perPage }
    var isWholeList: Bool { kind == nil && search == nil && owner == nil }
}

/// One page, and how many files all pages hold.
public struct ListPage: Sendable {
    public let files: [StoredFile]
    public let total: Int
}

extension MediaStore {
    /// One page of the files that `request` describes, rows and total of the same moment.
    public func list(_ request: ListRequest) throws -> ListPage {
        try database.read {
            request.isWholeList ? try wholeList(request) : try filteredList(request)
        }
    }

    private func wholeList(_ request: ListRequest) throws -> ListPage {
        let total = try statistics().listed
        guard request.offset < total else { return ListPage(files: [], total: total) }
        let place = try Shelves(database: database).place(of: request.offset, in: request.order, descending: request.descending)
        let column = request.order.column
        let direction = request.descending ? "DESC" : "ASC"
        let start = "(\(column), id) \(request.descending ? "<" : ">=") (?, ?)"
        let end: Int64 = request.descending ? .max : .min
        let files = try database.all(
            """
            SELECT \(StoredFile.columns) FROM file WHERE \(FileState.isListed) AND \(start)
            ORDER BY \(column) \(direction), id \(direction) LIMIT ? OFFSET ?
            """, place.key.map(Int64.init) ?? end, place.id.map(Int64.init) ?? end, request.perPage, place.skip
        ) { try StoredFile($0) }
        return ListPage(files: files, total: total)
    }

    private func filteredList(_ request: ListRequest) throws -> ListPage {
        let whose = request.owner == nil ? "\(FileState.isListed) AND ?1 IS NULL" : "\(FileState.kept.condition) AND account_id = ?1"
        let filter = """
            \(whose) AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR original_name LIKE ?3 ESCAPE '\\')
            """
        let pattern = request.search.map { "%" + MediaStore.literal($0) + "%" }
        let direction = request.descending ? "DESC" : "ASC"
        let total = try database.first("SELECT COUNT(*) FROM file WHERE \(filter)", request.owner, request.kind?.rawValue,
                                       pattern) { $0.integer(0) } ?? 0
        let files = try database.all(
            """
            SELECT \(StoredFile.columns) FROM file WHERE \(filter)
            ORDER BY \(request.order.column) \(direction), id \(direction) LIMIT ?4 OFFSET ?5
            """, request.owner, request.kind?.rawValue, pattern, request.perPage, request.offset
        ) { try StoredFile($0) }
        return ListPage(files: files, total: total)
    }

    /// Takes the meaning from LIKE's wildcards.
    static func literal(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if character == "%" || character == "_" || character == "\\" { result.append("\\") }
            result.append(character)
        }
    }
}
