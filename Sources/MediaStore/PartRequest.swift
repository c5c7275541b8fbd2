// Lists in parts: each begins behind the last row of the former one, so that a list of a million files is as fast at its end as at its
// beginning, and no row is shown twice or left out when files come and go meanwhile.

import Database
import Media

/// Which files a list shows.
public enum ListFilter: Equatable, Sendable {
    case all
    case kind(MediaKind)
    case type(MediaType)

    func holds(_ type: MediaType) -> Bool {
        switch self {
        case .all: true
        case .kind(let kind): type.kind == kind
        case .type(let wanted): type == wanted
        }
    }
}

/// Whose files a list shows.
public enum ListScope: Equatable, Sendable {
    /// Those that everybody may see.
    case listed
    /// All that an account has, also unlisted ones.
    case owned(Int)
    /// Unlisted ones of an account.
    case unlisted(Int)
    /// Those of an account that are in the recycle bin, in the order `matches`.
    case recycled(Int)
    /// Everybody's, for administrators.
    case everybody(FileCriteria)
}

/// A part of a list.
public struct PartRequest: Sendable {
    public var scope: ListScope
    public var order: PartOrder
    /// From the newest, most viewed or largest down.
    public var descending: Bool
    public var filter: ListFilter
    /// Files that were uploaded before this are left out; in seconds since 1970, nil for none.
    public var since: Int?
    /// The place behind which the part begins; nil is the beginning of the list. It must be of the same order.
    public var position: ListPosition?
    /// The part that ends before `position` instead.
    public var isBefore: Bool
    public var size: Int
    /// What names have to hold; the order is `matches` then. Of fewer than two characters nothing is found.
    public var search: String?

    /// Files of a part of the gallery.
    public static let usualSize = 60

    public init(_ scope: ListScope = .listed, order: PartOrder = .time, descending: Bool = true, filter: ListFilter = .all, since: Int? = nil,
                position: ListPosition? = nil, isBefore: Bool = false, size: Int = usualSize, search: String? = nil) {
        let only: PartOrder? = switch scope {
        case .recycled: .matches
        case .everybody(let criteria): criteria.order
        case .listed, .owned, .unlisted: nil
        }
        (self.scope, self.order, self.descending, self.filter) = (scope, search != nil ? .matches : only ?? order, descending, filter)
        (self.since, self.position, self.isBefore, self.size, self.search) = (since, position, isBefore, size, search)
    }

    /// The rows that are read: in the order of the list, or against it for the part before a position.
    var readsDownwards: Bool { descending != isBefore }

    /// Whether a file belongs to the list, whatever the database has left out already.
    func shows(_ file: StoredFile) -> Bool {
        guard file.state == state, state != .kept || !file.hasExpired, since.map({ file.createdAt >= $0 }) ?? true, filter.holds(file.type) else { return false }
        return switch scope {
        case .listed: file.isPublic
        case .owned(let account), .recycled(let account): file.owner == account
        case .unlisted(let account): file.owner == account && !file.isPublic
        case .everybody(let criteria): criteria.covers(file)
        }
    }

    private var state: FileState {
        switch scope {
        case .recycled: .recycled
        case .everybody(let criteria): criteria.isRecycled ? .recycled : .kept
        case .listed, .owned, .unlisted: .kept
        }
    }

    /// nil for a list that is not of everybody's files.
    var criteria: FileCriteria? { if case .everybody(let criteria) = scope { criteria } else { nil } }
}

/// What a part of a list holds.
public struct ListPart: Sendable {
    public let files: [StoredFile]
    /// Where the next part begins; nil at the end of the list.
    public let next: ListPosition?
    /// Where the part before ends; nil at the beginning.
    public let previous: ListPosition?
    /// Behind the last row that was read: the part that ends there has these files again when others have come; nil without rows.
    public let end: ListPosition?
    /// Whether as many rows were read as one part may read, before the part was full: the next one may hold more.
    public let isCut: Bool
}

extension MediaStore {
    /// Rows that are read for one part, if the database has no index for its filter.
    private static let readLimit = 5_000

    /// A part of a list.
    public func part(_ request: PartRequest) throws -> ListPart {
        let rows = try database.read { try read(request) }
        let (further, own) = (rows.isMore || rows.isCut ? rows.last : nil, rows.files.first.map { ListPosition($0, in: request.order) })
        guard request.isBefore else {
            return ListPart(
                files: rows.files, next: further, previous: request.position == nil ? nil : own ?? request.position,
                end: rows.last?.next(descending: request.descending), isCut: rows.isCut)
        }
        // (The first row read is the last one shown.)
        return ListPart(files: rows.files.reversed(), next: own ?? request.position, previous: further, end: request.position, isCut: rows.isCut)
    }

    private func read(_ request: PartRequest) throws -> PartRows {
        let isNarrowed = request.search == nil && (request.typesToFind != nil || request.criteria != nil)
        let limit = isNarrowed ? request.size + 1 : MediaStore.readLimit
        var (found, count) = (PartRows(), 0)
        try eachRow(request, atMost: limit) { file in
            found.isMore = found.files.count == request.size
            guard !found.isMore else { return false }
            found.last = ListPosition(file, in: request.order)
            if try isShown(file, request) { found.files.append(file) }
            count += 1
            return true
        }
        if !found.isMore, count == limit { found.isCut = true }
        if isNarrowed, !found.isMore, !found.isCut, let end = try rows.end(of: request) { (found.last, found.isCut) = (end, true) }
        return found
    }

    /// (Of names there is an index, of the senders of what it finds there is none.)
    private func isShown(_ file: StoredFile, _ request: PartRequest) throws -> Bool {
        guard request.shows(file) else { return false }
        guard request.search != nil, let criteria = request.criteria, criteria.way != nil || criteria.address != nil else { return true }
        return try criteria.covers(senderRows.sender(of: file.id))
    }

    private func eachRow(_ request: PartRequest, atMost limit: Int, _ body: (StoredFile) throws -> Bool) throws {
        guard let text = request.search else { return try rows.each(request, atMost: limit, body) }
        let id = request.position?.id ?? (request.readsDownwards ? .max : .min)
        try names.each(text, from: id, descending: request.readsDownwards, atMost: limit, body)
    }
}

/// The rows that were read for a part.
private struct PartRows {
    /// Those that the list shows.
    var files: [StoredFile] = []
    /// Where reading ended.
    var last: ListPosition?
    /// Whether there were more rows when the part was full.
    var isMore = false
    /// Whether reading ended for its limit.
    var isCut = false
}
