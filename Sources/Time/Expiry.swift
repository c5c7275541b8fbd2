// When something ends, as a client writes it: a number of seconds, a duration of ISO 8601, or a date or date-time of RFC 3339. A duration
// counts from the moment at which the file is stored, however long it was under way.

import Glibc
import Text

/// A term that a client asked for.
public struct Expiry: Sendable {
    /// As it was sent.
    public let text: String
    private let term: Term

    private enum Term: Hashable {
        /// Months of the calendar and seconds.
        case after(months: Int, seconds: Int)
        /// Seconds since 1970.
        case at(Int)
    }

    /// The name of the field of forms, and of the value in `Upload-Metadata`.
    public static let field = "expires"

    /// Seconds from now on.
    public static let shortest = 60
    /// Ten years of the calendar, with their leap days.
    public static let longest = 3_653 * 86_400

    /// What may be sent, for messages.
    public static let rule = "a number of seconds, a duration such as PT1H or P7D (ISO 8601), or a date or date-time such as 2030-12-31 or "
        + "2030-12-31T23:59:00Z (RFC 3339), from \(shortest) seconds to 10 years from now"

    /// nil if it is none of these. What has no offset of a time zone is in that of the site, and a date means its first second.
    public init?(_ text: String) {
        guard text.utf8.count <= Expiry.lengthLimit, let term = Expiry.seconds(text) ?? Expiry.duration(text) ?? Expiry.date(text) else { return nil }
        (self.text, self.term) = (text, term)
    }

    /// Bytes.
    private static let lengthLimit = 64

    /// Equal for terms that mean the same, for comparing a request with its repetition.
    public var canonical: String {
        switch term {
        case .after(let months, let seconds): "after \(months) months \(seconds) seconds"
        case .at(let moment): "at \(moment)"
        }
    }

    /// Seconds since 1970; nil if that is too soon or too far away.
    public func moment(from now: Int) -> Int? {
        let moment: Int? = switch term {
        case .after(0, let seconds): now + seconds
        case .after(let months, let seconds): Expiry.moved(now, by: months).map { $0 + seconds }
        case .at(let moment): moment
        }
        return moment.flatMap { (now + Expiry.shortest...now + Expiry.longest).contains($0) ? $0 : nil }
    }

    /// The same time of the same day in a later month; a day that this does not have carries into the next one.
    private static func moved(_ now: Int, by months: Int) -> Int? {
        let fields = CalendarFields(now)
        let numbers = [fields.year, fields.month + months, fields.day, fields.hour, fields.minute, fields.second].compactMap { Int32(exactly: $0) }
        guard numbers.count == 6 else { return nil }
        return SiteTime(year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5])?.seconds
    }

    // Forms

    private static func seconds(_ text: String) -> Term? {
        Int(digits: text, in: 0...9_999_999_999).map { .after(months: 0, seconds: $0) }
    }

    /// Whole numbers with units in their order: "P1Y2M3W4DT5H6M7S".
    private static func duration(_ text: String) -> Term? {
        guard text.utf8.first == UInt8(ascii: "P"), text.utf8.count > 1 else { return nil }
        let halves = text.dropFirst().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let date = amounts(halves[0], [("Y", 12), ("M", 1), ("W", 7), ("D", 1)]) else { return nil }
        let (months, days) = (date[0] + date[1], date[2] + date[3])
        guard halves.count == 2 else { return .after(months: months, seconds: days * 86_400) }
        guard !halves[1].isEmpty, let time = amounts(halves[1], [("H", 3_600), ("M", 60), ("S", 1)]) else { return nil }
        return .after(months: months, seconds: days * 86_400 + time.reduce(0, +))
    }

    /// The amount of each unit, 0 for one that does not stand there; nil for anything else.
    private static func amounts(_ text: Substring, _ units: [(sign: Character, factor: Int)]) -> [Int]? {
        var (rest, amounts) = (text, [Int]())
        for unit in units {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, rest.dropFirst(digits.count).first == unit.sign else {
                amounts.append(0)
                continue
            }
            guard let number = Int(digits: String(digits), in: 0...999_999_999) else { return nil }
            amounts.append(number * unit.factor)
            rest = rest.dropFirst(digits.count + 1)
        }
        return rest.isEmpty ? amounts : nil
    }

    private static func date(_ text: String) -> Term? {
        guard let found = text.wholeMatch(of: /(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?)?/.asciiOnlyDigits())
        else { return nil }
        let (_, year, month, day, hour, minute, second, zone) = found.output
        let numbers = [year, month, day, hour ?? "0", minute ?? "0", second ?? "0"].compactMap { Int32($0) }
        guard numbers.count == 6, (1970...9999).contains(numbers[0]), numbers[3] < 24, numbers[4] < 60, numbers[5] <= 60,
              isDay(numbers[0], numbers[1], numbers[2]) else { return nil }
        guard let zone else {
            return SiteTime(year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4], second: numbers[5])
                .map { .at($0.seconds) }
        }
        guard let offset = offset(zone) else { return nil }
        var fields = tm()
        (fields.tm_year, fields.tm_mon, fields.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
        (fields.tm_hour, fields.tm_min, fields.tm_sec) = (numbers[3], numbers[4], numbers[5])
        return .at(timegm(&fields) - offset)
    }

    private static func isDay(_ year: Int32, _ month: Int32, _ day: Int32) -> Bool {
        SiteDay("\(Int(year).padded(to: 4))/\(Int(month).padded(to: 2))/\(Int(day).padded(to: 2))") != nil
    }

    /// Seconds east of Greenwich.
    private static func offset(_ zone: Substring) -> Int? {
        guard let sign = ["+": 1, "-": -1][zone.prefix(1)] else { return 0 }
        let parts = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, parts[0] < 24, parts[1] < 60 else { return nil }
        return sign * (parts[0] * 3_600 + parts[1] * 60)
    }
}

extension Expiry: Equatable {
    public static func == (one: Expiry, other: Expiry) -> Bool { one.term == other.term }
}
