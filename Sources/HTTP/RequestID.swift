// The identity of a request, by which its answer, its lines in the logs and what a visitor tells of it are brought together. The web server
// makes it; a client's own is taken from trusted proxies alone, because anybody could send one that another request has.

import Text

/// What identifies one request: 8 to 64 of the characters `A-Z a-z 0-9 . _ @ -`, so that it needs no encoding in a header, a log or JSON.
public struct RequestID: Sendable, Equatable, CustomStringConvertible {
    public let description: String

    /// The header of answers, and of requests from trusted proxies.
    public static let header = "X-Request-Id"

    /// nil if the text has another shape.
    public init?(_ text: String) {
        guard (8...64).contains(text.utf8.count), text.utf8.allSatisfy(RequestID.isSafe) else { return nil }
        description = text
    }

    /// 128 random bits in hexadecimal, as nginx's `$request_id`.
    public static func random() -> RequestID {
        RequestID(checked: (0..<2).map { _ in RequestID.digits(.random(in: 0 ... .max)) }.joined())
    }

    private init(checked text: String) { description = text }

    private static func digits(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static func isSafe(_ byte: UInt8) -> Bool { byte.isLetterOrDigit || "._@-".utf8.contains(byte) }
}

extension Request {
    /// The web server's variables with an identity: nginx's `$request_id` (fastcgi.params), and that of Apache's mod_unique_id where it is loaded.
    private static let variables = ["IMAGEBED_REQUEST_ID", "UNIQUE_ID"]

    /// What the web server made for this request; nil if it makes none.
    static func idOfWebServer(_ parameters: [String: String]) -> RequestID? {
        variables.lazy.compactMap { parameters[$0] }.compactMap(RequestID.init).first
    }

    /// Takes the identity that the request's header has, if a trusted proxy sent it.
    ///
    /// - Parameter proxies: read only if the request has such a header.
    public func takeID(trusting proxies: () throws -> AddressList) rethrows {
        guard let sent = header(RequestID.header).flatMap(RequestID.init), let peer = IPAddress(peerAddress) else { return }
        if try proxies().contains(peer) { id = sent }
    }

    /// The address of the web server's own peer: `remoteAddress` is already the visitor's where the web server knows the proxies itself.
    private var peerAddress: String { parameters["IMAGEBED_PEER"] ?? remoteAddress }
}
