// The query of the list. No value causes an error: numbers are clamped, unknown words mean the default.

import Media
import MediaStore
import Site

struct ListForm {
    let request: ListRequest

    /// - Throws: `Problem` 401 for an invalid key, or without one where callers see only their own files; 403 for a key without the scope.
    init(_ visit: Visit) throws {
        try visit.refuseBadKey()
        let query = visit.query
        let search = query.first("q").flatMap { $0.isEmpty ? nil : String($0.prefix(ListForm.searchLimit)) }
        request = ListRequest(
            page: query.paging(size: ListRequest.pageSize),
            order: query.first("order_by").flatMap { ListOrder(rawValue: $0) } ?? .createdAt,
            descending: query.first("order_dir")?.uppercased() != "ASC",
            kind: query.first("type").flatMap { MediaKind(rawValue: $0) },
            search: search,
            owner: try query.first("mine") == "1" || !visit.settings.publicList ? ListForm.reader(visit) : nil)
    }

    /// The account whose files are listed.
    private static func reader(_ visit: Visit) throws -> Int? {
        let caller = try visit.caller()
        try caller.require(.read)
        return caller.accountID
    }

    /// Maximum characters of a search; the rest is ignored.
    private static let searchLimit = 100
}
