// The answer to who asks too much of the site.

import HTTP
import Text

/// A limit of use is reached.
public struct LimitReached: Error {
    public let limit: FairUseLimit
    /// The setting's.
    public let value: Int
    /// After which it works again, unless somebody else with the same address, key or account was faster.
    public let seconds: Int
    /// For the log; nil if the same was logged within the last minute.
    let because: String?
}

extension LimitReached: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        Problem(.tooManyRequests, says: "Too many requests",
                detail: "\(limit.rule(value)); send the request again in \(seconds.grouped) second\(seconds == 1 ? "" : "s").", because: because,
                headers: [("Retry-After", "\(seconds)")])
    }
}
