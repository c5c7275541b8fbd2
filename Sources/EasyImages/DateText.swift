// Operators write folders of stored files as formats of PHP's date(), so its format letters are implemented here.

import Text
import Time

/// A point in time with all fields of PHP's date().
public struct DateText: Sendable {
    private let year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int
    /// 0 is Sunday.
    private let weekday: Int
    /// 0 is 1 January.
    private let dayOfYear: Int
    private let seconds: Int
    /// Seconds east of Greenwich.
    private let offset: Int
    private let zone: String
    private let isSummer: Bool

    /// - Parameters:
    ///   - seconds: since 1970.
    ///   - offset: of the time zone, in seconds east of Greenwich.
    public init(_ seconds: Int, offset: Int, zone: String = "", isSummer: Bool = false) {
        let fields = CalendarFields(seconds, offset: offset)
        (year, month, day) = (fields.year, fields.month, fields.day)
        (hour, minute, second) = (fields.hour, fields.minute, fields.second)
        (weekday, dayOfYear) = (fields.weekday, fields.dayOfYear)
        (self.seconds, self.offset, self.zone, self.isSummer) = (seconds, offset, zone, isSummer)
    }

    /// A point in time in the site's time zone, which is that of the process (TZ).
    public static func local(_ seconds: Int) -> DateText {
        let state = SiteZone.state(at: seconds)
        return DateText(seconds, offset: state.offset, zone: state.name, isSummer: state.isSummer)
    }

    /// Replaces the letters of PHP's date(); a backslash escapes the next letter.
    public func format(_ format: String) -> String {
        var text = ""
        var rest = format[...]
        while let letter = rest.popFirst() {
            if letter == "\\" {
                if let kept = rest.popFirst() { text.append(kept) }
            } else {
                text += value(of: letter) ?? String(letter)
            }
        }
        return text
    }

    private func value(of letter: Character) -> String? { dayValue(letter) ?? timeValue(letter) ?? wholeValue(letter) }

    private func dayValue(_ letter: Character) -> String? {
        switch letter {
        case "d": two(day)
        case "j": "\(day)"
        case "D": String(DateText.days[weekday].prefix(3))
        case "l": DateText.days[weekday]
        case "N": "\(weekday == 0 ? 7 : weekday)"
        case "w": "\(weekday)"
        case "S": suffix
        case "z": "\(dayOfYear)"
        case "W": two(week.number)
        case "o": "\(week.year)"
        case "m": two(month)
        case "n": "\(month)"
        case "M": String(DateText.months[month - 1].prefix(3))
        case "F": DateText.months[month - 1]
        case "t": "\(DateText.length(of: month, in: year))"
        case "L": DateText.isLeap(year) ? "1" : "0"
        case "Y": "\(year)"
        case "y": two(year % 100)
        default: nil
        }
    }

    private func timeValue(_ letter: Character) -> String? {
        switch letter {
        case "a": hour < 12 ? "am" : "pm"
        case "A": hour < 12 ? "AM" : "PM"
        case "g": "\((hour + 11) % 12 + 1)"
        case "h": two((hour + 11) % 12 + 1)
        case "G": "\(hour)"
        case "H": two(hour)
        case "i": two(minute)
        case "s": two(second)
        case "u": "000000"
        case "v": "000"
        // Swatch Internet Time: thousandths of a day in Biel, UTC+1.
        case "B": three(((seconds + 3600) % 86_400 + 86_400) % 86_400 * 10 / 864)
        default: nil
        }
    }

    private func wholeValue(_ letter: Character) -> String? {
        switch letter {
        case "e", "T": zone
        case "I": isSummer ? "1" : "0"
        case "O": distance(colon: "")
        case "P": distance(colon: ":")
        case "p": offset == 0 ? "Z" : distance(colon: ":")
        case "Z": "\(offset)"
        case "U": "\(seconds)"
        case "c": format("Y-m-d\\TH:i:sP")
        case "r": format("D, d M Y H:i:s O")
        default: nil
        }
    }

    private var suffix: String {
        switch day {
        case 1, 21, 31: "st"
        case 2, 22: "nd"
        case 3, 23: "rd"
        default: "th"
        }
    }

    /// ISO 8601: the week belongs to the year of its Thursday.
    private var week: (number: Int, year: Int) {
        let thursday = dayOfYear + 4 - (weekday == 0 ? 7 : weekday)
        let days = DateText.isLeap(year) ? 366 : 365
        if thursday < 0 { return ((thursday + (DateText.isLeap(year - 1) ? 366 : 365)) / 7 + 1, year - 1) }
        return thursday >= days ? (1, year + 1) : (thursday / 7 + 1, year)
    }

    private func distance(colon: String) -> String {
        let minutes = abs(offset) / 60
        return "\(offset < 0 ? "-" : "+")\(two(minutes / 60))\(colon)\(two(minutes % 60))"
    }

    private func two(_ number: Int) -> String { number.padded(to: 2) }
    private func three(_ number: Int) -> String { number.padded(to: 3) }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func length(of month: Int, in year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                                 "November", "December"]
}
