// The public list: filters, order, pages.

import Database
import Media

/// The filters, order and page of a list, already validated.
public struct ListRequest: Sendable {
    public var page: Paging
    public var order: ListOrder
    public var descending: Bool
    public var kind: MediaKind?
    /// Part of the original name; ASCII letter case is ignored.
    public var search: String?
    /// Only this account's files, also private ones.
    public var owner: Int?

    /// Files on a page, if nothing else is asked for.
    public static let pageSize = 20

    public init(page: Paging = Paging(size: pageSize), order: ListOrder = .createdAt, descending: Bool = true,
                kind: MediaKind? = nil, search: String? = nil, owner: Int? = nil) {
        self.page = page
        self.order = order
        self.descending = descending
        self.kind = kind
        self.search = search
        self.owner = owner
    }

    var isWholeList: Bool { kind == nil && search == nil && owner == nil }
}

/// One page of a list, and the number of files on all pages.
public struct ListPage: Sendable {
    public let files: [StoredFile]
    public let total: Int
}

extension MediaStore {
    /// One page of the files that match `request`, with rows and total from one snapshot.
    public func list(_ request: ListRequest) throws -> ListPage {
        try database.read {
            request.isWholeList ? try wholeList(request) : try filtered(request)
        }
    }

    /// By the index of names where that is faster.
    private func filtered(_ request: ListRequest) throws -> ListPage {
        guard let query = request.search.flatMap({ SearchPairs($0).query }), try isComplete(.names), try search.matchesFew(query) else {
            return try rows.filtered(request)
        }
        return try search.filtered(request, query, FileRows.filter(request))
    }

    private func wholeList(_ request: ListRequest) throws -> ListPage {
        let total = try statistics().listed
        guard request.page.offset < total else { return ListPage(files: [], total: total) }
        let start = try shelves.start(of: request.page.offset, in: request.order, descending: request.descending)
        return ListPage(files: try rows.page(request, from: start), total: total)
    }
}
