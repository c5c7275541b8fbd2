// Some names in GBK are valid UTF-8 by accident: the bytes of 图片 are those of "ͼƬ". No language is written with such letters alone.

/// Tells names in GBK from names in UTF-8, where they can be either.
enum GBKName {
    /// Whether a text that was read as UTF-8 is common Chinese in GBK: beside ASCII it has only characters of two bytes that hardly any name
    /// is made of, and each pair of bytes is one of the 3,755 common characters of GB 2312.
    static func isLikely(_ text: String) -> Bool {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.allSatisfy { place in
            scalars[place].isASCII || isStrange(scalars[place]) && isCommonInGBK(scalars[place]) && !isLetterOfWord(scalars, place)
        }
    }

    /// Extended and phonetic letters, modifiers, archaic Greek and Cyrillic ones; not ơ and ư, which Vietnamese has side by side, and not the
    /// marks from U+0300 on that decomposed letters consist of.
    private static func isStrange(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x01A0, 0x01A1, 0x01AF, 0x01B0: false
        case 0x0180...0x02FF, 0x0361...0x0385, 0x03D8...0x03FF, 0x0460...0x0481: true
        default: false
        }
    }

    /// The first byte of such a character is that of a common one (B0 to D7) anyway; the second one is from A1 on, or from 80 in UTF-8.
    private static func isCommonInGBK(_ scalar: Unicode.Scalar) -> Bool { scalar.value & 0x3F >= 0x21 }

    /// Alone beside a letter of ASCII: languages have strange letters one by one (Bambara "ɲinɛ", Hawaiian "Oʻahu").
    private static func isLetterOfWord(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
        let neighbours = [place - 1, place + 1].filter(scalars.indices.contains).map { scalars[$0] }
        return neighbours.allSatisfy(\.isASCII) && neighbours.contains { $0.properties.isAlphabetic }
    }
}
