// The statements on the table `file` for lists in parts: one index each, from a place on.

import Database
import Media

extension FileRows {
    /// Rows from the place of a request on, by the index that leaves out most; `PartRequest.shows` leaves out the rest.
    func each(_ request: PartRequest, atMost count: Int, _ body: (StoredFile) throws -> Bool) throws {
        let (column, downwards) = (request.order.column, request.readsDownwards)
        let end: Int = downwards ? .max : .min
        let (key, id) = (request.position?.key ?? end, request.position?.id ?? end)
        let (base, value) = Self.base(request)
        let (direction, sign) = downwards ? ("DESC", "<") : ("ASC", ">")
        try database.each(
            """
            SELECT \(Self.columns) FROM file WHERE \(base) AND (\(column), id) \(sign) (?, ?)
            ORDER BY \(column) \(direction), id \(direction) LIMIT ?
            """, with: value + [key, id, count]) { try body(StoredFile($0)) }
    }

    /// The condition that an index covers, and its value.
    private static func base(_ request: PartRequest) -> (String, [any Bindable]) {
        switch (request.scope, request.filter) {
        case (.recycled(let account), _): ("\(FileState.recycled.condition) AND account_id = ?", [account])
        case (.owned(let account), _), (.unlisted(let account), _): ("\(isKept) AND account_id = ?", [account])
        case (.listed, .kind(let kind)) where request.order == .time: ("\(FileState.isListed) AND kind = ?", [kind.rawValue])
        case (.listed, .type(let type)) where request.order == .time: ("\(FileState.isListed) AND type = ?", [type.rawValue])
        case (.listed, _): (FileState.isListed, [])
        }
    }
}
