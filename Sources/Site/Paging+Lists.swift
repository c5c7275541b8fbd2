// How lists are asked for by pages, and how they tell which page they are.

import Database
import HTTP
import JSONText
import Text

extension Query {
    /// `page` and `per_page`; no value is an error.
    ///
    /// - Parameter size: of a page, if the query names none.
    public func paging(size: Int) -> Paging { Paging(clamped("page", 1), size: clamped("per_page", size)) }

    private func clamped(_ name: String, _ fallback: Int) -> Int { first(name).flatMap { Int(saturating: $0) } ?? fallback }
}

extension Paging {
    /// The member `pagination` of a list.
    ///
    /// - Parameter total: rows on all pages.
    public func json(total: Int) -> JSONValue {
        [
            "current_page": .int(Int64(number)), "per_page": .int(Int64(size)), "total": .int(Int64(total)),
            "total_pages": .int(Int64(count(of: total))),
        ]
    }
}
