// Names are found by any two neighbouring characters, in every script: the words that SQLite's own tokenizers make are not words of Chinese,
// and its trigrams find nothing shorter than three characters. So each pair of neighbouring characters is a token, and a text is found where
// its pairs stand in a row.

/// The pairs of neighbouring characters of a name, or of a part of one.
struct SearchPairs {
    private let characters: [Unicode.Scalar]

    /// Upper and lower case are the same.
    init(_ text: String) { characters = Array(text.lowercased().unicodeScalars) }

    /// The name for the index, with blanks between tokens: "4e2d_6587 6587_2e".
    var text: String {
        var text: [UInt8] = []
        text.reserveCapacity(characters.count * 10)
        for (place, character) in characters.dropFirst().enumerated() {
            if place > 0 { text.append(UInt8(ascii: " ")) }
            SearchPairs.append(characters[place], to: &text)
            text.append(UInt8(ascii: "_"))
            SearchPairs.append(character, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The number of a character in hexadecimal digits.
    private static func append(_ character: Unicode.Scalar, to text: inout [UInt8]) {
        let number = character.value
        var shift = number == 0 ? 0 : (31 - number.leadingZeroBitCount) / 4 * 4
        while shift >= 0 {
            text.append(digits[Int(number >> UInt32(shift) & 15)])
            shift -= 4
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// The tokens that a name must have in a row; nil for fewer than two characters, of which nothing is searched.
    var query: String? { characters.count < 2 ? nil : text }

    /// Whether the query finds a name.
    func isFound(in name: String) -> Bool {
        let other = SearchPairs(name).characters
        return characters.count >= 2 && other.indices.contains { other[$0...].starts(with: characters) }
    }
}
