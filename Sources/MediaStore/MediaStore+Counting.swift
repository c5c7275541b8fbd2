// What the triggers on `file` do for each row that is inserted, done for many rows at once: for the rows that wait (`WaitingRows`), and for an
// import, which would be slower by a third with them.

import Database
import Media

extension MediaStore {
    /// After a row was inserted, in the same transaction: counts those that wait if they are many.
    func countWaiting(upTo id: Int) throws {
        if try waiting.isFull(at: id) { _ = try countWaiting() }
    }

    /// Counts rows that wait, at most `WaitingRows.mostTogether`; in a transaction.
    ///
    /// - Returns: whether more may wait.
    func countWaiting() throws -> Bool {
        let rows = try deriving.rows(from: waiting.first(), atMost: WaitingRows.mostTogether)
        guard let last = rows.last else { return false }
        try count(insertedRows: rows)
        try waiting.setFirst(last.id + 1)
        return rows.count == WaitingRows.mostTogether
    }

    /// Counts all rows that wait, before the rows are moved to an engine where none does; in a transaction.
    public func countAllWaiting() throws {
        guard waiting.canBe else { return }
        while try countWaiting() {}
        try waiting.setFirst(.max)
    }

    /// Counts rows that were inserted without triggers; in the same transaction.
    func count(insertedRows new: [DerivingRow]) throws {
        let listed = new.filter(\.isListed)
        try counters.add(new.count { $0.isUpload }, to: "uploads")
        for kind in MediaKind.allCases { try counters.add(listed.count { $0.kind == kind }, to: "listed_\(kind.rawValue)") }
        for order in ListOrder.allCases { try shelves.add(listed.map { ($0.key(in: order), $0.id) }, in: order) }
        try totals.addOwned(new)
        // Where a table is not complete, these rows are behind those that it holds already.
        if try isComplete(.days) { try count(new) }
        if try isComplete(.totals) { try totals.add(new) }
    }
}

extension DerivingRow {
    fileprivate func key(in order: ListOrder) -> Int {
        switch order {
        case .createdAt: createdAt
        case .views: views
        case .fileSize: size
        }
    }
}
