// A result of `imagebed doctor`: subject, state and remedy.

import Journal
import JSONText
import Site

struct Finding {
    enum Level: String {
        /// As it should be.
        case ok
        /// Nothing was looked at, because something before it is wrong.
        case skipped
        /// The site works, but probably not as intended.
        case warning
        /// The site does not work, or is not secure.
        case problem
    }

    let subject: String
    let level: Level
    let says: String
    /// The remedy.
    let advice: String

    static func ok(_ subject: String, _ says: String) -> Finding {
        Finding(subject: subject, level: .ok, says: says, advice: "")
    }

    /// - Parameter reason: the subject without which this one cannot be tried.
    static func skipped(_ subject: String, because reason: String) -> Finding {
        Finding(subject: subject, level: .skipped, says: "not tried: \(reason)", advice: "")
    }

    static func warning(_ subject: String, _ says: String, advice: String) -> Finding {
        Finding(subject: subject, level: .warning, says: says, advice: advice)
    }

    static func problem(_ subject: String, _ says: String, advice: String) -> Finding {
        Finding(subject: subject, level: .problem, says: says, advice: advice)
    }

    /// For the page of statistics, whose levels have the same names; nil if there is nothing to repair.
    var notice: Diagnosis.Notice? {
        Diagnosis.Notice.Level(rawValue: level.rawValue).map { Diagnosis.Notice($0, "\(subject): \(says)", repair: advice) }
    }

    var json: JSONValue {
        ["subject": .string(subject), "level": .string(level.rawValue), "says": .string(says), "advice": .string(advice)]
    }

    var text: String {
        let label = level.rawValue + String(repeating: " ", count: 8 - level.rawValue.count)
        let line = "\(label) \(subject): \(says)".withoutControls
        return line + (advice.isEmpty ? "" : "\n         -> \(advice.withoutControls)")
    }
}
