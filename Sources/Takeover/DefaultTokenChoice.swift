// What can become of the token that came with every EasyImages site.

import EasyImages
import Site
import Time

/// A decision about it.
public enum DefaultTokenChoice: Equatable, Sendable {
    case refuse, replace
    /// It works until the end of that day, and then ends by itself.
    case keep(until: SiteDay)

    /// The furthest end, in days from today.
    public static let daysLimit = 366

    /// Words for the command line: "keep-until" is followed by a day.
    public static let keepUntil = "keep-until"

    /// Parses "refuse", "replace" or "keep-until 2027-03-31".
    public init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("refuse", 1): self = .refuse
        case ("replace", 1): self = .replace
        case (DefaultTokenChoice.keepUntil, 2):
            guard words[1].utf8.count == 10, let day = SiteDay(String(words[1].map { $0 == "-" ? "/" : $0 })) else { return nil }
            self = .keep(until: day)
        default: return nil
        }
    }

    var kind: DefaultToken.Choice {
        switch self {
        case .refuse: .refuse
        case .replace: .replace
        case .keep: .keep
        }
    }

    /// The end of the day until which the token is kept, or its own end if that is earlier, in seconds since 1970; nil if it is not kept.
    func end(of token: OldToken) -> Int? {
        guard case .keep(let day) = self else { return nil }
        return min(day.seconds.upperBound - 1, token.expiresAt ?? .max)
    }

    /// Whether a day in it is neither over nor too far away.
    public var isPossible: Bool { (try? check()) != nil }

    /// - Throws: `TakeoverError` for a day that is over, or too far away.
    func check() throws {
        guard case .keep(let day) = self else { return }
        let days = SiteDay.today...SiteDay.today.moved(by: DefaultTokenChoice.daysLimit)
        guard days.contains(day) else {
            throw TakeoverError("everybody knows the default token, so it can be kept until a day from \(days.lowerBound.dashed) to "
                + "\(days.upperBound.dashed)")
        }
    }
}

extension SiteDay {
    /// "2027-03-31".
    public var dashed: String { String(text.map { $0 == "/" ? "-" : $0 }) }
}
