// What the owner of an account sees of its sessions, so that a foreign one is recognised and can be ended.

import Database

/// Where a session was begun.
public struct Browser: Sendable, Equatable {
    /// At most `userAgentLimit` bytes, without control characters and direction marks.
    public let userAgent: String
    /// The client's address.
    public let address: String

    static let userAgentLimit = 300

    /// For callers that know neither.
    public static let unknown = Browser(userAgent: "", address: "")

    /// - Parameter userAgent: the header as it was sent.
    public init(userAgent: String, address: String) {
        let printable = userAgent.unicodeScalars.prefix(Browser.userAgentLimit).filter {
            $0.properties.generalCategory != .control && !$0.properties.isBidiControl
        }
        self.userAgent = String(decoding: String(String.UnicodeScalarView(printable)).utf8.prefix(Browser.userAgentLimit), as: UTF8.self)
        self.address = address
    }
}

/// One session of an account, without what opens it.
public struct OwnSession: Sendable {
    public let id: Int
    /// Seconds since 1970.
    public let createdAt: Int
    /// Seconds since 1970; at most `Accounts.sightInterval` too early.
    public let seenAt: Int
    /// Both parts are empty for a session of an older version.
    public let browser: Browser
    /// Whether the request came with it.
    public let isCurrent: Bool

    init(_ row: Row) {
        (id, createdAt, seenAt) = (row.integer(0), row.integer(1), row.integer(2))
        browser = Browser(userAgent: row.text(3), address: row.text(4))
        isCurrent = row.integer(5) != 0
    }
}
