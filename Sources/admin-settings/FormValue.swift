// A form sends back each value that it shows, changed or not, and of a text not always the same bytes: browsers send every line end as CR LF
// (HTML, section 4.10.21.3), and what HTML cannot hold was shown as U+FFFD. So values are compared in the form in which a form shows them.

import Crypto
import Text

/// A value as a form shows it.
struct FormValue: Equatable {
    let text: String

    /// - Parameter value: of a setting, or as a form sent it.
    init(_ value: String) {
        text = String(String.UnicodeScalarView(FormValue.lines(of: value).unicodeScalars.map { FormValue.isShown($0) ? $0 : "\u{FFFD}" }))
    }

    /// The text with line ends of one byte.
    static func lines(of text: String) -> String {
        // (As characters, CR LF is one that is neither.)
        var lines = String.UnicodeScalarView(), last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if !(scalar == "\n" && last == "\r") { lines.append(scalar == "\r" ? "\n" : scalar) }
            last = scalar
        }
        return String(lines)
    }

    /// As `Markup` escapes.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar == "\n" || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
    }

    /// What the form carries of the value from which it was made: 16 hexadecimal digits.
    var digest: String { Hexadecimal.encode(Array(SHA256.hash(Array(text.utf8)).prefix(8))) }
}
