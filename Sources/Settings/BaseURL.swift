// Every absolute URL in a response starts with the configured base URL and never with a request's Host header, so that a forged header
// cannot put a foreign host into links. Paths are appended to it as text: it has no trailing slash.

import Text

/// The address that visitors use: scheme, host, optional port, optional path prefix.
public struct BaseURL: Hashable, Sendable, CustomStringConvertible {
    /// "https://img.example.org/pictures".
    public let text: String
    /// "/pictures", or empty.
    public let pathPrefix: String

    public static let lengthLimit = 255

    /// The value until the operator sets the site's address.
    public static let unset = BaseURL(text: "http://localhost", pathPrefix: "")

    private init(text: String, pathPrefix: String) {
        self.text = text
        self.pathPrefix = pathPrefix
    }

    /// Parses an absolute http or https URL; removes trailing slashes, and lower-cases the scheme and the host.
    public init?(_ given: String) {
        guard given.utf8.count <= BaseURL.lengthLimit, let scheme = ["http://", "https://"].first(where: {
            given.utf8.count > $0.utf8.count && given.prefix($0.count).lowercased() == $0
        }) else { return nil }
        let parts = given.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard let authority = parts.first.map({ $0.lowercased() }), BaseURL.isAuthority(authority) else { return nil }
        let segments = Array(parts.dropFirst().reversed().drop(while: \.isEmpty).reversed())
        guard segments.allSatisfy(BaseURL.isSegment) else { return nil }
        pathPrefix = segments.map { "/" + $0 }.joined()
        text = scheme + authority + pathPrefix
    }

    /// The addresses in a list, separated by commas or white space.
    public static func split(_ list: String) -> [String] { list.split { $0 == "," || $0.isWhitespace }.map { String($0) } }

    public var description: String { text }

    /// The origin: scheme, host and port.
    public var origin: String { String(text.dropLast(pathPrefix.count)) }

    /// Whether the scheme is https.
    public var isSecure: Bool { text.hasPrefix("https://") }

    /// A name, an IPv4 address or a bracketed IPv6 address, and an optional port; user names are rejected.
    private static func isAuthority(_ text: String) -> Bool {
        let isBracketed = text.hasPrefix("[")
        let host: Substring
        if isBracketed {
            guard let end = text.firstIndex(of: "]") else { return false }
            host = text[...end]
            guard host.dropFirst().dropLast().utf8.allSatisfy({ $0.isHexDigit || $0 == UInt8(ascii: ":") || $0 == dot }),
                  host.utf8.count > 4 else { return false }
        } else {
            host = text.prefix { $0 != ":" }
            guard !host.isEmpty, host.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == hyphen || $0 == dot }),
                  host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") })
            else { return false }
        }
        let rest = text.dropFirst(host.count)
        if rest.isEmpty { return true }
        return rest.hasPrefix(":") && rest.utf8.count <= 6 && Int(digits: rest.dropFirst(), in: 1...65_535) != nil
    }

    /// Unreserved characters only: the prefix is used in web server configuration, HTML and JavaScript.
    private static func isSegment(_ text: Substring) -> Bool {
        !text.isEmpty && text != "." && text != ".."
            && text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == hyphen || $0 == dot || $0 == UInt8(ascii: "_") }
    }

    private static let dot = UInt8(ascii: ".")
    private static let hyphen = UInt8(ascii: "-")
}
