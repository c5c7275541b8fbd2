// The output of commands: results on standard output, as text or as JSON; everything else on standard error, so that scripts can use the
// result unchanged.

import Journal
import JSONText
import Process

enum Output {
    /// One line of a text result.
    static func line(_ text: String) { StandardOutput.results.write(text.withoutControls + "\n") }

    /// Lines of a text result; the caller ensures that no value in them contains a line break.
    static func lines(_ text: String) { StandardOutput.results.write(text.withoutControlsButNewline + "\n") }

    /// A JSON result.
    static func json(_ value: JSONValue) {
        line(String(decoding: value.bytes, as: UTF8.self))
    }

    /// A binary result.
    static func bytes(_ bytes: UnsafeRawBufferPointer) throws { StandardOutput.results.write(bytes) }

    /// Whether results are discarded: standard output is the null device.
    static var leadsNowhere: Bool { StandardOutput.results.leadsNowhere }

    /// A message besides the result, on standard error or in the journal.
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
