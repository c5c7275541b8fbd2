// The query of the list. Numbers are clamped, and unknown words mean the default; only a cursor of another list is an error, because whoever
// goes on with it would miss files.

import HTTP
import Media
import MediaStore
import Site

struct ListForm {
    let request: ListRequest

    /// - Throws: `Problem` 400 for a cursor that is not of this list; 401 for an invalid key, or without one where callers see only their own
    ///   files; 403 for a key without the scope.
    init(_ visit: Visit) throws {
        try visit.refuseBadKey()
        let list = try ListForm.list(visit)
        guard let cursor = visit.query.first("cursor"), !cursor.isEmpty else {
            request = list
            return
        }
        guard let position = visit.site.store.position(of: cursor, in: list) else { throw ListForm.otherCursor(cursor) }
        request = list.from(position)
    }

    private static func list(_ visit: Visit) throws -> ListRequest {
        let query = visit.query
        let search = query.first("q").flatMap { $0.isEmpty ? nil : String($0.prefix(searchLimit)) }
        return ListRequest(
            page: query.paging(size: ListRequest.pageSize),
            order: query.first("order_by").flatMap { ListOrder(rawValue: $0) } ?? .createdAt,
            descending: query.first("order_dir")?.uppercased() != "ASC",
            kind: query.first("type").flatMap { MediaKind(rawValue: $0) },
            search: search,
            owner: try query.first("mine") == "1" || !visit.settings.publicList ? reader(visit) : nil)
    }

    /// The account whose files are listed.
    private static func reader(_ visit: Visit) throws -> Int? {
        let caller = try visit.caller()
        try caller.require(.read)
        return caller.accountID
    }

    private static func otherCursor(_ cursor: String) -> Problem {
        .invalid("cursor", cursor, mustBe: "the next_cursor of an answer to the same order_by, order_dir, type, q and mine; without it the list begins anew")
    }

    /// Maximum characters of a search; the rest is ignored.
    private static let searchLimit = 100
}
