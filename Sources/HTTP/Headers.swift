// libfcgi writes headers as they are given, so a value that could end a line must not exist.

/// Header fields in the order in which they were set; names are told apart without regard to case.
public struct Headers: Sendable {
    private var fields: [(name: String, value: String)] = []

    public init() {}

    /// Sets a field, replacing an earlier one of that name. Control characters, line ends above all, are left out.
    public mutating func set(_ name: String, _ value: String) {
        if let index = index(of: name) {
            fields[index].value = Headers.clean(value)
        } else {
            add(name, value)
        }
    }

    /// Adds a field beside those of the same name, for the one field that may stand more than once (`Set-Cookie`).
    public mutating func add(_ name: String, _ value: String) { fields.append((name, Headers.clean(value))) }

    public subscript(_ name: String) -> String? { index(of: name).map { fields[$0].value } }

    /// "Name: value" lines, each with its line end.
    var text: String { fields.map { "\($0.name): \($0.value)\r\n" }.joined() }

    private static func clean(_ value: String) -> String {
        String(String.UnicodeScalarView(value.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }

    private func index(of name: String) -> Int? {
        let wanted = name.lowercased()
        return fields.firstIndex { $0.name.lowercased() == wanted }
    }
}
