// The field `expires` of uploads.

import HTTP
import Time

extension Expiry {
    /// What a client asked for; nil if it sent nothing, or an empty field as a page's form does.
    ///
    /// - Throws: `InvalidExpiry`.
    public static func read(_ text: String?) throws -> Expiry? {
        guard let text, !text.isEmpty else { return nil }
        guard let expiry = Expiry(text) else { throw InvalidExpiry(text: text) }
        _ = try expiry.end()
        return expiry
    }

    /// When a file that is stored now ends, in seconds since 1970.
    ///
    /// - Throws: `InvalidExpiry`: a date may have come too near while the file was under way.
    public func end() throws -> Int {
        guard let end = moment(from: Now.seconds) else { throw InvalidExpiry(text: text) }
        return end
    }
}

/// A term that cannot be read, or that is too short or too long.
public struct InvalidExpiry: Error, ProblemConvertible {
    /// As it was sent.
    public let text: String

    public init(text: String) { self.text = text }

    public func problem(failure: String) -> Problem { .invalid(Expiry.field, text, mustBe: Expiry.rule) }
}
