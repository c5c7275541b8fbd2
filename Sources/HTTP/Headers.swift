// libfcgi writes headers unchecked, so values must not contain line ends.

import Text

/// Header fields in insertion order; names are case-insensitive.
public struct Headers: Sendable {
    private var fields: [(name: String, value: String)] = []

    public init() {}

    /// Sets a field and replaces an earlier one of that name. Control characters, line ends above all, are removed.
    public mutating func set(_ name: String, _ value: String) {
        if let index = index(of: name) {
            fields[index].value = Headers.clean(value)
        } else {
            add(name, value)
        }
    }

    /// Adds a field without replacing, for the one that may occur more than once (`Set-Cookie`).
    public mutating func add(_ name: String, _ value: String) { fields.append((name, Headers.clean(value))) }

    public subscript(_ name: String) -> String? { index(of: name).map { fields[$0].value } }

    /// "Name: value" lines, each with its line end.
    var text: String {
        fields.reduce(into: "") { text, field in
            text += field.name
            text += ": "
            text += field.value
            text += "\r\n"
        }
    }

    private static func clean(_ value: String) -> String {
        guard value.utf8.contains(where: isControl) else { return value }
        return String(decoding: value.utf8.filter { !isControl($0) }, as: UTF8.self)
    }

    private func index(of name: String) -> Int? {
        // Field names are ASCII (RFC 9110, section 5.1).
        fields.firstIndex { $0.name.utf8.elementsEqual(name.utf8) { $0.lowercased == $1.lowercased } }
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }
}
