// What the fields of the JSON endpoints must be, for the sentence that tells of one that is not.

import HTTP
import SyncRules
import SyncStore
import Text

extension Problem {
    /// A field of a body or of a query that is missing or not valid.
    ///
    /// - Parameters:
    ///   - sent: its value; nil if it is missing.
    ///   - rule: what it must be; nil for what is the same at each address.
    public static func badField(_ field: String, _ sent: String? = nil, mustBe rule: String? = nil) -> Problem {
        .invalid(field, sent, mustBe: rule ?? SyncField.rule(of: field))
    }
}

enum SyncField {
    /// - Parameter field: of a body or of a query.
    static func rule(of field: String) -> String { rules[field] ?? "sent once, and as the site's API page describes it" }

    private static let rules = [
        "file_key": "sent once, as a text of \(FileKey.lengths.lowerBound) to \(FileKey.lengths.upperBound) bytes without control characters",
        "device_id": "sent once, as a text of \(DeviceID.lengths.lowerBound) to \(DeviceID.lengths.upperBound) bytes without control characters",
        "device_name": "a text of at most \(SyncName.deviceNameLimit) bytes without control characters; not empty where a device is renamed",
        "message": "a text of at most \(SyncName.messageLimit.grouped) characters, without control characters other than tabs and line ends",
        "content": "sent once, as a JSON value or as its text",
        "base_version": "the number of a version of this file that exists, or 0",
        "on_conflict": OnConflict.allCases.map(\.rawValue).joined(separator: ", "),
        "return_content": "true, false, 1 or 0",
        "hash": "a SHA-256 in 64 hexadecimal digits",
        "id": "the number of a conflict, from 1 on",
        "If-None-Match": "* for a push: it makes a file only where there is none",
        "Idempotency-Key": "at most 255 bytes long",
    ]
}

extension Int {
    /// "a whole number from 1 on", for the bounds of a parameter.
    static func rule(_ bounds: ClosedRange<Int>) -> String {
        "a whole number from \(bounds.lowerBound) " + (bounds.upperBound == .max ? "on" : "to \(bounds.upperBound)")
    }
}
