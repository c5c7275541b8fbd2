// What the triggers on `file` do for each row that is inserted, done for many rows at once: an import would be slower by a third with them.

import Database
import Media

extension MediaStore {
    /// Counts rows that were inserted without triggers; in the same transaction.
    func count(insertedRows new: [DerivingRow]) throws {
        let listed = new.filter(\.isListed)
        try counters.add(new.count, to: "uploads")
        for kind in MediaKind.allCases { try counters.add(listed.count { $0.kind == kind }, to: "listed_\(kind.rawValue)") }
        for order in ListOrder.allCases { try shelves.add(listed.map { ($0.key(in: order), $0.id) }, in: order) }
        try totals.addOwned(new)
        // Where a table is not complete, these rows are behind those that it holds already.
        if try isComplete(.days) { try count(new) }
        if try isComplete(.totals) { try totals.add(new) }
    }
}

extension DerivingRow {
    /// Nobody has seen it yet.
    fileprivate func key(in order: ListOrder) -> Int {
        switch order {
        case .createdAt: createdAt
        case .views: 0
        case .fileSize: size
        }
    }
}
