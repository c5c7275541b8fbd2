// EasyImages cleans file names by fixed rules, and users find their files by the result: "été 1.jpg" is stored as
// "ete-1.jpg". The result does not begin with a dot, so it cannot be a hidden file or a parent folder.

/// A file name without its extension, cleaned for storing.
public enum FileNameBody {
    /// EasyImages' maximum in bytes.
    public static let lengthLimit = 253

    /// - Returns: may be empty.
    public static func cleaned(_ text: String, lengthLimit: Int = FileNameBody.lengthLimit) -> String {
        var letters: [Unicode.Scalar] = []
        for scalar in withoutTags(Array(text.unicodeScalars)) {
            if isDropped(scalar, after: letters.last) { continue }
            append(scalar, to: &letters)
        }
        return trimmed(cut(collapsed(replacingBlankEscapes(letters)), lengthLimit))
    }

    /// The text without HTML tags, as PHP's strip_tags() returns it.
    public static func withoutTags(_ text: String) -> String {
        String(String.UnicodeScalarView(withoutTags(Array(text.unicodeScalars))))
    }

    private static let dash: Unicode.Scalar = "-"
    private static let signs = Set("?[]/\\=<>:;,'\"&’+$#*()|~`!{}%^ \u{A0}".unicodeScalars)

    /// Removes from `<` and a letter, slash or the like to `>`.
    private static func withoutTags(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var kept: [Unicode.Scalar] = []
        var index = 0
        while index < text.count {
            if text[index] == "<", index + 1 < text.count, text[index + 1] != " ",
               let end = text[index...].firstIndex(of: ">") {
                index = end + 1
            } else {
                kept.append(text[index])
                index += 1
            }
        }
        return kept
    }

    /// Control characters, direction marks, replacement characters, and combining accents after ASCII.
    private static func isDropped(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: return true
        case .format: return scalar.value != 0x200D
        case .nonspacingMark: return previous.map { $0.isASCII } ?? true
        default: return scalar.value == 0xFFFD
        }
    }

    /// Replaces `%20` by a space; special characters are handled afterwards.
    private static func replacingBlankEscapes(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var kept: [Unicode.Scalar] = []
        var rest = text[...]
        while let scalar = rest.popFirst() {
            if scalar == "%", rest.starts(with: ["2", "0"]) {
                kept.append(dash)
                rest = rest.dropFirst(2)
            } else {
                kept.append(signs.contains(scalar) ? dash : scalar)
            }
        }
        return kept
    }

    private static func append(_ scalar: Unicode.Scalar, to letters: inout [Unicode.Scalar]) {
        if let plain = plainLetters[scalar] { letters += plain.unicodeScalars } else { letters.append(scalar) }
    }

    /// Collapses runs of dashes, of underscores and of dots; removes dashes next to a dot.
    private static func collapsed(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var kept: [Unicode.Scalar] = []
        for scalar in text {
            if let last = kept.last {
                if scalar == last && (scalar == dash || scalar == "_" || scalar == ".") { continue }
                if scalar == dash && last == "." { continue }
                if scalar == "." && last == dash {
                    kept.removeLast()
                    if kept.last == "." { continue }
                }
            }
            kept.append(scalar)
        }
        return kept
    }

    private static func cut(_ text: [Unicode.Scalar], _ limit: Int) -> ArraySlice<Unicode.Scalar> {
        var length = 0
        return text.prefix { scalar in
            length += UTF8.width(scalar)
            return length <= limit
        }
    }

    private static func trimmed(_ text: ArraySlice<Unicode.Scalar>) -> String {
        func isEdge(_ scalar: Unicode.Scalar) -> Bool { scalar == dash || scalar == "." || scalar == "_" }
        let front = text.drop(while: isEdge)
        guard let last = front.lastIndex(where: { !isEdge($0) }) else { return "" }
        return String(String.UnicodeScalarView(front[...last]))
    }

    /// Latin letters with accents (Unicode blocks Latin-1 Supplement and Latin Extended-A) and their replacements without.
    private static let plainLetters: [Unicode.Scalar: String] = {
        let rows = [
            "A": "ÀÁÂÃÄÅĀĂĄ", "AE": "Æ", "C": "ÇĆĈĊČ", "D": "ÐĎĐ", "E": "ÈÉÊËĒĔĖĘĚ", "G": "ĜĞĠĢ", "H": "ĤĦ", "I": "ÌÍÎÏĨĪĬĮİ", "IJ": "Ĳ",
            "J": "Ĵ", "K": "Ķ", "L": "ĹĻĽĿŁ", "N": "ÑŃŅŇŊ", "O": "ÒÓÔÕÖØŌŎŐ", "OE": "Œ", "R": "ŔŖŘ", "S": "ŚŜŞŠ", "T": "ŢŤŦ", "TH": "Þ",
            "U": "ÙÚÛÜŨŪŬŮŰŲ", "W": "Ŵ", "Y": "ÝŶŸ", "Z": "ŹŻŽ", "a": "àáâãäåāăą", "ae": "æ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě",
            "g": "ĝğġģ", "h": "ĥħ", "i": "ìíîïĩīĭįı", "ij": "ĳ", "j": "ĵ", "k": "ķĸ", "l": "ĺļľŀł", "n": "ñńņňŉŋ", "o": "òóôõöøōŏő",
            "oe": "œ", "r": "ŕŗř", "s": "śŝşšſ", "ss": "ß", "t": "ţťŧ", "th": "þ", "u": "ùúûüũūŭůűųµ", "w": "ŵ", "y": "ýÿŷ",
            "z": "źżž",
        ]
        var letters: [Unicode.Scalar: String] = [:]
        for (plain, accented) in rows {
            for scalar in accented.unicodeScalars { letters[scalar] = plain }
        }
        return letters
    }()
}
