// Style sheets and presentation attributes can load resources and, in old browsers, execute code. Escapes and comments are removed
// first, so that `\75 rl(` and `u/**/rl(` are read as browsers read them.

import Text

enum StyleText {
    /// Words that load another resource or execute code anywhere in a style.
    private static let forbidden: [StaticString] = [
        "@import", "@namespace", "expression(", "javascript:", "vbscript:", "-moz-binding", "behavior:", "image-set(",
        "image(",
    ]

    /// What `url()` may embed besides raster pictures: drawing programs embed fonts.
    private static let embedded: [StaticString] = [
        "data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp",
        "data:font/woff2", "data:font/woff", "data:font/ttf", "data:font/otf", "data:application/font-woff",
        "data:application/font-woff2", "data:application/x-font-ttf", "data:application/x-font-woff",
    ]

    /// Every forbidden word contains one of these characters, or is written with an escape.
    private static let marks = Array("(@:-\\".utf8)

    /// - Throws: `SVGRefusal` if the text references anything outside the document.
    static func check(_ text: [UInt8]) throws {
        guard text.contains(where: { marks.contains($0) }) else { return }
        let plain = Reference.plain(unescaped(withoutComments(text)))
        for word in forbidden where Reference.contains(plain, word) { throw SVGRefusal("style with \(word)") }
        try checkAddresses(plain)
    }

    private static let quotes = Array("'\"".utf8)

    private static func checkAddresses(_ text: [UInt8]) throws {
        for word: StaticString in ["url(", "src("] {
            let first = word.utf8Start.pointee
            for place in text.indices where text[place] == first && Reference.starts(text[place...], with: word) {
                let address = text[(place + word.utf8CodeUnitCount)...].drop { quotes.contains($0) }
                let isLocal = address.first == UInt8(ascii: "#")
                guard isLocal || Reference.isEmbedded(Array(address.prefix(64)), as: embedded) else {
                    throw SVGRefusal("style with \(String(decoding: text[place...].prefix(60), as: UTF8.self))")
                }
            }
        }
    }

    private static func withoutComments(_ text: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            guard Reference.starts(text[place...], with: "/*") else {
                kept.append(text[place])
                place += 1
                continue
            }
            place += 2
            while place < text.count, !Reference.starts(text[place...], with: "*/") { place += 1 }
            place = min(place + 2, text.count)
        }
        return kept
    }

    /// CSS Syntax 3, 4.3.7: up to six hexadecimal digits and one white space, or the character itself. A non-ASCII result
    /// stays a backslash: no forbidden word contains one.
    private static func unescaped(_ text: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            guard text[place] == UInt8(ascii: "\\") else {
                kept.append(text[place])
                place += 1
                continue
            }
            place += 1
            var code = 0
            var digits = 0
            while place < text.count, digits < 6, let value = text[place].hexDigitValue {
                code = code << 4 | Int(value)
                digits += 1
                place += 1
            }
            if digits == 0, place < text.count { (code, place) = (Int(text[place]), place + 1) }
            if digits > 0, place < text.count, text[place] == 0x20 || (0x09...0x0D).contains(text[place]) { place += 1 }
            kept.append(code < 0x80 ? UInt8(truncatingIfNeeded: code) : UInt8(ascii: "\\"))
        }
        return kept
    }
}
