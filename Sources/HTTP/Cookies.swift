// Other programs on the same host may have set cookies too, so unknown ones are ignored.

/// The cookies of a request (RFC 6265, section 4.2.1).
public struct Cookies: Sendable {
    private let pairs: [(name: String, value: String)]

    /// Bytes; longer headers are ignored, and so are further cookies.
    public static let lengthLimit = 16_384
    public static let pairLimit = 64

    /// - Parameter header: the value of the `Cookie` header.
    public init(_ header: String) {
        pairs = header.utf8.prefix(Cookies.lengthLimit)
            .split(separator: UInt8(ascii: ";"), maxSplits: Cookies.pairLimit)
            .prefix(Cookies.pairLimit)
            .compactMap { pair in
                guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return nil }
                let value = HeaderValue.text(pair[pair.index(after: equals)...])
                return (HeaderValue.text(pair[..<equals]), Cookies.unquoted(value))
            }
    }

    /// The value of the first cookie of that name (case-sensitive); browsers send the one with the longest path first.
    public func first(_ name: String) -> String? { pairs.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }

    private static func unquoted(_ value: String) -> String {
        value.utf8.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"") ? String(value.dropFirst().dropLast()) : value
    }
}
