// The query of the list. Nothing in it can be wrong: numbers are clamped, unknown words mean the default.

import HTTP
import Media
import MediaStore
import Text

struct ListForm {
    let request: ListRequest

    /// - Parameters:
    ///   - isPublic: whether strangers may see the list; else each caller sees what is his own.
    ///   - caller: the caller's account, asked for only where it matters.
    init(_ query: Query, isPublic: Bool, caller: () throws -> Int?) rethrows {
        let search = query.first("q").flatMap { $0.isEmpty ? nil : String($0.prefix(ListForm.searchLimit)) }
        request = ListRequest(
            page: ListForm.number(query.first("page"), default: 1),
            perPage: ListForm.number(query.first("per_page"), default: 20),
            order: query.first("order_by").flatMap { ListOrder(rawValue: $0) } ?? .createdAt,
            descending: query.first("order_dir")?.uppercased() != "ASC",
            kind: query.first("type").flatMap { MediaKind(rawValue: $0) },
            search: search,
            owner: query.first("mine") == "1" || !isPublic ? try caller() : nil)
    }

    /// Characters of a search that are looked at.
    private static let searchLimit = 100

    private static func number(_ text: String?, default fallback: Int) -> Int { text.flatMap { Int(saturating: $0) } ?? fallback }
}
