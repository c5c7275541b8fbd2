// The statistics that scripts and badges may ask for, under EasyImages' names.

import MediaStore
import Site

/// The result of a request for a statistic.
enum PublicNumber {
    case closed, unlisted
    /// A name that the settings list but that does not exist.
    case unknown
    /// Seconds since 1970.
    case time(Int)
    case count(Int)
    case bytes(Int)
    /// Uploads a day, today's first.
    case days([Int])
}

extension Site {
    func number(_ form: NumberForm) throws -> PublicNumber {
        switch form {
        case .closed: .closed
        case .unlisted: .unlisted
        case .number("total_space", _): .bytes(try uploads.totalBytes())
        case .number("used_space", _): .bytes(max(0, try uploads.totalBytes() - uploads.freeBytes()))
        case .number("free_space", _): .bytes(try uploads.freeBytes())
        case .number(let name, let hours): PublicNumber(name, try store.numbers(hours: hours))
        }
    }
}

extension PublicNumber {
    fileprivate init(_ name: String, _ numbers: SiteNumbers) {
        self = switch name {
        case "time": .time(numbers.computedAt)
        case "today": .count(numbers.days[0])
        case "yesterday": .count(numbers.days[1])
        case "image_used": .bytes(numbers.bytes)
        case "file": .count(numbers.files)
        case "dir": .count(numbers.folders)
        case "month": .days(numbers.days)
        default: .unknown
        }
    }
}
