// Names and values of a query string or of a form in the same encoding. Names are compared as bytes: String's == treats canonically
// equivalent spellings of é as equal.

import Text

/// Decoded pairs of an application/x-www-form-urlencoded text (WHATWG URL, section 5.1); invalid UTF-8 is replaced.
public struct Query: Sendable {
    /// The text as sent.
    public let text: String
    /// In the order sent.
    public let pairs: [(name: String, value: String)]

    /// Bytes; longer texts are ignored, and so are further pairs. (A form that acts on many files has a pair for each of 1,000.)
    public static let lengthLimit = 65_536
    public static let pairLimit = 1_100

    /// - Parameter limit: bytes, as `lengthLimit`.
    public init(_ text: String, limit: Int = Query.lengthLimit) {
        self.text = text
        pairs = text.utf8.prefix(limit)
            .split(separator: UInt8(ascii: "&"), maxSplits: Query.pairLimit)
            .prefix(Query.pairLimit)
            .map { pair in
                let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
                return (Query.decode(pair[..<equals]), Query.decode(pair[equals...].dropFirst()))
            }
    }

    /// Pairs that were sent in another encoding.
    init(_ pairs: [(name: String, value: String)]) { (text, self.pairs) = ("", pairs) }

    /// The value of the first pair of that name.
    public func first(_ name: String) -> String? { pairs.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }

    /// The values of all pairs of that name, in the order sent.
    public func all(_ name: String) -> [String] { pairs.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value) }

    private static func decode(_ text: some Collection<UInt8>) -> String {
        String(decoding: PercentCoding.decode(text, plusIsBlank: true), as: UTF8.self)
    }
}
