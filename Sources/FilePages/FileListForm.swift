// The query of a list of files: the gallery over all days, the files of an account, or everybody's. No value is an error but for filters of everybody's files: unknown words mean the
// default, and a place that is none, or one of another order, means the beginning.

import HTTP
import Media
import MediaStore
import Paths
import Text
import Time

/// What a list of files is asked for.
public struct FileListForm: Sendable {
    public let place: FileListPlace
    let order: FileListOrder
    let filter: ListFilter
    /// As it was entered; empty for none.
    let search: String
    /// The month that was chosen; nil for none.
    let month: SiteMonth?
    /// Whether a place was named that is none of this list.
    let isElsewhere: Bool
    /// Whether only the part itself is asked for, by a script.
    let isPartAlone: Bool
    public let request: PartRequest

    /// - Parameters:
    ///   - place: which list it is.
    ///   - oldest: the first day that this visitor sees; nil for all.
    public init(_ query: Query, at place: FileListPlace, oldest: SiteDay? = nil) {
        self.place = place
        order = query.all("order").last.flatMap { FileListOrder(rawValue: $0) }.flatMap { place.orders.contains($0) ? $0 : nil } ?? .newest
        filter = FileListForm.filter(query.all("type").last ?? "")
        search = FileListForm.search(query.all("q").last ?? "")
        let names = search.isEmpty || place.isOfOneFile ? nil : search
        isPartAlone = query.all("part").last == "1"
        let before = query.all("before").last.flatMap { $0.isEmpty ? nil : $0 }, after = query.all("after").last.flatMap { $0.isEmpty ? nil : $0 }
        var request = PartRequest(place.scope(names == nil ? order : .newest), order: order.part, descending: order.isDescending, filter: filter, since: oldest?.seconds.lowerBound, search: names)
        let text = before ?? after, position = text.flatMap { ListPosition($0) }.flatMap { $0.order == request.order ? $0 : nil }
        isElsewhere = text != nil && position == nil
        month = text == nil && search.isEmpty && order == .newest && place == .gallery ? query.all("month").last.flatMap { SiteMonth($0) } : nil
        request.position = position ?? month.map { .before($0.end) }
        request.isBefore = before == nil && position != nil
        self.request = request
    }

    /// Whether links to months stand above the list: where it is one of times from the newest down.
    public var showsMonths: Bool { place == .gallery && order == .newest && search.isEmpty && !isPartAlone }

    /// Maximum characters of a search; the rest is ignored.
    static let searchLimit = 100

    /// A text that shows nothing searches nothing.
    private static func search(_ sent: String) -> String {
        let text = String(sent.prefix(searchLimit)).pasted
        return text.showsNothing ? "" : text
    }

    static func filter(_ word: String) -> ListFilter {
        if let kind = MediaKind(rawValue: word) { return .kind(kind) }
        return MediaType.allCases.first { $0.fileExtension == word }.map { .type($0) } ?? .all
    }
}

/// A list of files.
public enum FileListPlace: Equatable, Sendable {
    case gallery
    /// All files of an account.
    case own(Int)
    /// Those that are not in the gallery.
    case unlisted(Int)
    case recycleBin(Int)
    /// Everybody's files.
    case everybody(SiteFilters)

    /// The list that an account's page is asked for.
    public init(_ word: String?, of account: Int) {
        self = switch word {
        case "unlisted": .unlisted(account)
        case "recycled": .recycleBin(account)
        default: .own(account)
        }
    }

    var isRecycleBin: Bool {
        switch self {
        case .recycleBin: true
        case .everybody(let filters): filters.isRecycled
        case .gallery, .own, .unlisted: false
        }
    }

    /// nil for a list that is not of everybody's files.
    public var filters: SiteFilters? { if case .everybody(let filters) = self { filters } else { nil } }

    /// Whether what is searched is the address of a file.
    fileprivate var isOfOneFile: Bool { filters?.criteria.path != nil }

    /// The word of the query; empty for none.
    var word: String {
        switch self {
        case .gallery, .own: ""
        case .unlisted: "unlisted"
        case .recycleBin: "recycled"
        case .everybody(let filters): filters.isRecycled ? SiteFilters.recycled : ""
        }
    }

    var path: Path {
        switch self {
        case .gallery: .gallery
        case .own, .unlisted, .recycleBin: .ownFiles
        case .everybody: .files
        }
    }

    /// The orders that it can have.
    var orders: [FileListOrder] {
        guard let filters else { return FileListOrder.allCases }
        return filters.isRecycled ? [] : filters.isNarrowed || isOfOneFile ? [.newest, .oldest] : FileListOrder.allCases
    }

    fileprivate func scope(_ order: FileListOrder) -> ListScope {
        switch self {
        case .gallery: .listed
        case .own(let account): .owned(account)
        case .unlisted(let account): .unlisted(account)
        case .recycleBin(let account): .recycled(account)
        // By views and sizes there are indexes of listed files alone.
        case .everybody(let filters): order.part == .time ? .everybody(filters.criteria) : .listed
        }
    }
}

/// The orders of the list, as the query names them.
enum FileListOrder: String, CaseIterable {
    case newest, oldest, views, size

    var part: PartOrder {
        switch self {
        case .newest, .oldest: .time
        case .views: .views
        case .size: .size
        }
    }

    var isDescending: Bool { self != .oldest }
}

extension SiteMonth {
    init(_ count: MonthCount) { self.init(year: count.year, month: count.month) }
}
