// What a definition consists of, as far as its translation has to know.

/// The words and signs of a definition.
struct SchemaWords {
    let all: [String]

    var text: String { all.joined(separator: " ") }

    init(_ text: String) {
        var (words, rest) = ([String](), Array(text.utf8)[...])
        while let first = rest.first {
            let length = SchemaWords.length(from: first, in: rest)
            let word = String(decoding: rest.prefix(length), as: UTF8.self)
            if !(word.first?.isWhitespace ?? true) { words.append(word) }
            rest = rest.dropFirst(length)
        }
        all = words
    }

    private static func length(from first: UInt8, in rest: ArraySlice<UInt8>) -> Int {
        switch first {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            (rest.dropFirst().firstIndex(of: first) ?? rest.endIndex - 1) + 1 - rest.startIndex
        case _ where isOfWord(first): rest.prefix(while: isOfWord).count
        // Signs of two characters stay together.
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"):
            rest.prefix { [first, UInt8(ascii: "="), UInt8(ascii: ">")].contains($0) }.count
        default: 1
        }
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
             UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...: true
        default: false
        }
    }

    /// What stands between separators that are in no parentheses.
    static func parts(_ words: ArraySlice<String>, by separator: String) -> [[String]] {
        var (parts, depth) = ([[String]](repeating: [], count: 1), 0)
        for word in words {
            depth += word == "(" ? 1 : word == ")" ? -1 : 0
            if depth == 0, word == separator { parts.append([]) } else { parts[parts.count - 1].append(word) }
        }
        return parts
    }
}
