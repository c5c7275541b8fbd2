// What a command says: results on standard output, for people or as JSON; everything else on standard error, so that a
// script can take the result as it is.

import Journal
import JSONText
import Process

enum Output {
    /// One line of a result for people.
    static func line(_ text: String) { StandardOutput.results.write(text.withoutControls + "\n") }

    /// Lines of a result for people; whoever put them together knows that no text in them ends one.
    static func lines(_ text: String) { StandardOutput.results.write(text.withoutControlsButNewline + "\n") }

    /// A result for scripts.
    static func json(_ value: JSONValue) {
        line(String(decoding: value.bytes, as: UTF8.self))
    }

    /// Bytes of a result as they are.
    static func bytes(_ bytes: UnsafeRawBufferPointer) throws { StandardOutput.results.write(bytes) }

    /// Whether results are thrown away: standard output is the null device.
    static var leadsNowhere: Bool { StandardOutput.results.leadsNowhere }

    /// A line beside the result; commands that a timer runs write it to the journal.
    static func remark(_ text: String, _ priority: Journal.Priority = .notice) { Journal.write(text.withoutControls, priority) }
}

/// Rows in columns, two spaces apart.
enum Columns {
    static func text(_ rows: [[String]]) -> String {
        let rows = rows.map { $0.map(\.withoutControls) }
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { $1 + String(repeating: " ", count: widths[$0] - $1.count) }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
