// Addresses of the log page.

import Database
import Pages

extension LogForm {
    /// Whether it asks for all rows of the log.
    var isWhole: Bool { month == nil && text.isEmpty }

    /// The same search from a place on.
    func address(from position: RowPosition?) -> PageAddress {
        PageAddress(.logs, [
            log == .uploads ? nil : ("log", log.rawValue), month.map { ("month", $0.text) }, text.isEmpty ? nil : ("by", field.rawValue),
            text.isEmpty ? nil : ("q", text), position.map { ("before", $0.text) },
        ].compactMap { $0 })
    }
}

extension ShownLog {
    var next: RowPosition? {
        switch rows {
        case .uploads(let part): part.next
        case .signIns(let part): part.next
        }
    }

    var isCut: Bool {
        switch rows {
        case .uploads(let part): part.isCut
        case .signIns(let part): part.isCut
        }
    }
}
