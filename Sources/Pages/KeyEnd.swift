// When a new key stops to work: after some days, at the end of a day of the site, or never.

import Accounts
import Text
import Time

/// The end of a key, or of an account.
public struct KeyEnd: Sendable {
    /// Seconds since 1970; nil for no end.
    public let seconds: Int?

    /// - Parameter days: counted from now; "0" and "" mean no end. nil for what is no number, or above `Accounts.keyDaysLimit`.
    public init?(days: String) {
        guard let count = Int(digits: days.isEmpty ? "0" : days, in: 0...Accounts.keyDaysLimit) else { return nil }
        seconds = count == 0 ? nil : Now.seconds + count * 86_400
    }

    /// - Parameter day: as browsers send it, "2027-01-31", the last on which the key works. nil for what is no day, or none of `days`.
    public init?(until day: String) {
        guard let day = SiteDay(day.replacing("-", with: "/")), KeyEnd.days.contains(day) else { return nil }
        seconds = day.seconds.upperBound
    }

    /// The days on which a key may end.
    public static var days: ClosedRange<SiteDay> { SiteDay.today.moved(by: 1)...SiteDay.today.moved(by: Accounts.keyDaysLimit) }
}

extension SiteDay {
    /// As fields for dates have it: "2027-01-31" (HTML, section 2.3.5.2).
    public var fieldText: String { text.replacing("/", with: "-") }
}
