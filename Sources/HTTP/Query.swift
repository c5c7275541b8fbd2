// Names and values of a query string or of a form in the same coding.

/// Decoded pairs of an application/x-www-form-urlencoded text (WHATWG URL, section 5.1); bytes that are no UTF-8 are repaired.
public struct Query: Sendable {
    private let pairs: [(name: String, value: String)]

    /// Longer texts and further pairs are not looked at.
    public static let lengthLimit = 65_536
    public static let pairLimit = 256

    public init(_ text: String) {
        pairs = text.utf8.prefix(Query.lengthLimit)
            .split(separator: UInt8(ascii: "&"), maxSplits: Query.pairLimit)
            .prefix(Query.pairLimit)
            .map { pair in
                let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
                return (Query.decode(pair[..<equals]), Query.decode(pair[equals...].dropFirst()))
            }
    }

    public func first(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    private static func decode(_ text: some Sequence<UInt8>) -> String {
        String(decoding: PercentCoding.decode(text, plusIsBlank: true), as: UTF8.self)
    }
}
