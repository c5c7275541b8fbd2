// An error has a documented message, which clients compare, a sentence for the person who reads it, and the cause for the log.

import JSONText
import Text

/// A request that fails with an error response.
public struct Problem: Error, Sendable {
    public let status: Status
    /// For the client: one of the documented messages.
    public let says: String
    /// For the client: one sentence with the value, the limit and what to do, in English. Nothing of a secret, or of somebody else. nil: what
    /// the status means.
    public let detail: String?
    /// For the log; nil if there is nothing for the operator to do.
    public let because: String?
    public let headers: [(name: String, value: String)]
    /// Further members of the response body that programs can use.
    public let details: [(String, JSONValue)]

    public init(_ status: Status, says: String, detail: String? = nil, because: String? = nil, headers: [(name: String, value: String)] = [],
                details: [(String, JSONValue)] = []) {
        self.status = status
        self.says = says
        self.detail = detail
        self.because = because
        self.headers = headers
        self.details = details
    }

    /// The same with more members.
    public func with(_ more: [(String, JSONValue)]) -> Problem {
        Problem(status, says: says, detail: detail, because: because, headers: headers, details: details + more)
    }

    /// The members of every error response of the v1 API.
    public var members: [(String, JSONValue)] {
        [("result", "error"), ("code", .int(Int64(status.code))), ("error", .string(says)), ("detail", .string(detail ?? Problem.detail(status)))]
            + details
    }

    /// Seconds after which the request may be sent again, if that is told.
    public var retryAfter: Int? { headers.first { $0.name == "Retry-After" }.flatMap { Int($0.value) } }

    private static func detail(_ status: Status) -> String {
        status.code < 500 ? "The server refuses this request as it is; the site's API page describes what it takes."
            : "The server failed, not the request; send it again later, and tell the site's operator if it fails again."
    }
}

extension Problem {
    /// A missing or invalid parameter.
    ///
    /// - Parameters:
    ///   - sent: its value; nil if it is missing, or not to be told.
    ///   - rule: what it must be.
    public static func invalid(_ field: String, _ sent: String? = nil, mustBe rule: String) -> Problem {
        let seen = sent.map { " is \"\(excerpt($0))\" (\($0.utf8.count.grouped) bytes), but" } ?? ""
        return Problem(.badRequest, says: "Invalid parameter: \(field)", detail: "The parameter \(field)\(seen) must be \(rule).")
    }

    /// The beginning of a text that a client sent, for a sentence: on one line and in its direction.
    public static func excerpt(_ text: String) -> String {
        let limit = 60
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) {
            let isHidden = scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
            shown.append(isHidden ? "\u{FFFD}" : scalar)
        }
        return String(shown) + (text.unicodeScalars.count > limit ? "…" : "")
    }

    /// An upload without a file.
    public static func noFile(_ detail: String, because: String? = nil) -> Problem {
        Problem(.badRequest, says: "No file uploaded", detail: detail, because: because)
    }

    /// The disk is full.
    public static func noSpace(because: String) -> Problem {
        Problem(.insufficientStorage, says: "Insufficient storage",
                detail: "The server has no room left for this request; send it again later, or tell the site's operator.", because: because)
    }

    /// The site takes no changes for a while, and shows what it has.
    public static let moving = Problem(
        .serviceUnavailable, says: "Site is being moved",
        detail: "The site's database is being moved, and nothing is changed meanwhile; send the request again in \(secondsOfMove) seconds.",
        headers: [("Retry-After", "\(secondsOfMove)")])

    private static let secondsOfMove = 30

    /// A temporary failure, such as a held lock.
    public static func tryLater(because: String, seconds: Int = 5) -> Problem {
        Problem(.serviceUnavailable, says: "Server busy",
                detail: "The server has too much to do at the moment; send the request again in \(seconds) seconds.", because: because,
                headers: [("Retry-After", "\(seconds)")])
    }
}
