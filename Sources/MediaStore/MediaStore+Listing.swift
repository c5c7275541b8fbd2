// The public list: filters, order, pages, and parts behind a cursor.

import Database
import Media

/// The filters, order and page of a list, already validated.
public struct ListRequest: Sendable {
    public private(set) var page: Paging
    public var order: ListOrder
    public var descending: Bool
    public var kind: MediaKind?
    /// Part of the original name; ASCII letter case is ignored.
    public var search: String?
    /// Only this account's files, also private ones.
    public var owner: Int?
    /// The place behind which the files are asked for; nil for those of `page`.
    private(set) var position: ListPosition?

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

    /// The same list from a place on, with as many files as a page has.
    ///
    /// - Parameter position: of `MediaStore.position`.
    public func from(_ position: ListPosition) -> ListRequest {
        var request = self
        (request.page, request.position) = (Paging(size: page.size), position)
        return request
    }

    var isWholeList: Bool { kind == nil && search == nil && owner == nil }

    /// Rows that are read for a page: one more than it shows tells whether there is another.
    var rowCount: Int { page.size + 1 }

    /// The place behind which rows are read, the list's beginning if there is none, and how its column and id compare with it.
    var place: (sign: String, key: Int, id: Int) {
        let end: Int = descending ? .max : .min
        return (descending ? "<" : ">", position?.key ?? end, position?.id ?? end)
    }
}

/// One page of a list, and the number of files on all pages.
public struct ListPage: Sendable {
    public let files: [StoredFile]
    public let total: Int
}

/// Files of a list.
public struct ListedFiles: Sendable {
    public let files: [StoredFile]
    /// Those on all pages; nil behind a cursor, where nothing is counted.
    public let total: Int?
    /// The cursor behind which the list goes on; nil at its end.
    public let next: String?
}

extension MediaStore {
    /// The place of a cursor; nil if it is not one of this list, whose page does not matter.
    public func position(of cursor: String, in list: ListRequest) -> ListPosition? { deleteLinks.cursors.position(cursor, in: list) }

    /// The files that match `request`, with rows and total from one snapshot.
    public func list(_ request: ListRequest) throws -> ListedFiles {
        try database.read {
            if request.position != nil, request.search == nil { return try part(of: request) }
            guard !request.isWholeList else { return try wholeList(request) }
            return try filtered(request)
        }
    }

    /// What follows a place. A part whose filter has no index may hold fewer files than a page, or none (`readLimit`).
    private func part(of request: ListRequest) throws -> ListedFiles {
        let part = try part(PartRequest(
            request.owner.map { .owned($0) } ?? .listed, order: request.order.part, descending: request.descending,
            filter: request.kind.map { .kind($0) } ?? .all, position: request.position, size: request.page.size))
        return ListedFiles(files: part.files, total: nil, next: part.next.map { deleteLinks.cursors.text($0, in: request) })
    }

    /// By the index of names where that is faster.
    private func filtered(_ request: ListRequest) throws -> ListedFiles {
        let counts = request.position == nil
        guard let text = request.search, try names.isComplete(), let ids = try names.few(text) else {
            return page(try rows.filtered(request), total: counts ? try rows.count(request) : nil, request)
        }
        let matches = SearchRows.list(of: ids)
        return page(try names.index.filtered(request, among: matches), total: counts ? try names.index.count(request, among: matches) : nil, request)
    }

    private func wholeList(_ request: ListRequest) throws -> ListedFiles {
        let total = try statistics().listed
        guard request.page.offset < total else { return ListedFiles(files: [], total: total, next: nil) }
        let start = try shelves.start(of: request.page.offset, in: request.order, descending: request.descending)
        return page(try rows.page(request, from: start), total: total, request)
    }

    /// - Parameter rows: at most `request.rowCount`. What has expired is counted until it is removed, but not shown.
    private func page(_ rows: [StoredFile], total: Int?, _ request: ListRequest) -> ListedFiles {
        let files = rows.prefix(request.page.size)
        let last = rows.count > files.count ? files.last : nil
        let next = last.map { deleteLinks.cursors.text(ListPosition($0, in: request.order.part), in: request) }
        return ListedFiles(files: files.filter { !$0.hasExpired }, total: total, next: next)
    }
}
