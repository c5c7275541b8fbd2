// Binary data as text, for places that allow no arbitrary bytes: API keys and delete links in URLs, names in mail headers, links that
// EasyImages issued.

/// Base 64 (RFC 4648, sections 4 and 5).
public enum Base64 {
    public enum Alphabet: Sendable {
        /// `+` and `/`, padded with `=`.
        case standard
        /// `-` and `_`, not padded: nothing in it needs escaping in a URL, a header or a shell.
        case urlSafe
    }

    /// How strictly `decode` reads its input.
    public enum Strictness: Sendable {
        /// Accepts only what `encode` writes, so that each byte string has exactly one encoding: for tokens that are compared or counted.
        case canonical
        /// Stops at the first `=`, whether the padding is right or not, and ignores bits after the last whole byte: for other encoders.
        case unpadded
        /// Like `unpadded`, and skips every other character, `=` too, as PHP's base64_decode() does: each link that EasyImages accepted
        /// must still be accepted.
        case lenient
    }

    public static func encode(_ bytes: [UInt8], _ alphabet: Alphabet) -> String {
        let characters = alphabet.characters
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count / 3 + 1) * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0...group.count { text.append(characters[Int(bits >> UInt32(18 - 6 * place) & 63)]) }
            if alphabet == .standard { text += repeatElement(padding, count: 3 - group.count) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The decoded bytes, or nil when the text is invalid at this strictness.
    public static func decode(_ text: some Sequence<UInt8>, _ alphabet: Alphabet, _ strictness: Strictness) -> [UInt8]? {
        let text = Array(text)
        let used = strictness == .lenient ? text[...] : text.prefix { $0 != padding }
        guard let bytes = bytes(used, alphabet, skipsOthers: strictness == .lenient) else { return nil }
        return strictness == .canonical && !encode(bytes, alphabet).utf8.elementsEqual(text) ? nil : bytes
    }

    private static func bytes(_ text: ArraySlice<UInt8>, _ alphabet: Alphabet, skipsOthers: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3 + 2)
        var (bits, pending): (UInt32, UInt32) = (0, 0)
        for character in text {
            guard let value = alphabet.value(of: character) else {
                if skipsOthers { continue } else { return nil }
            }
            (bits, pending) = ((bits << 6 | value) & 0xFFFF, pending + 6)
            guard pending >= 8 else { continue }
            pending -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> pending))
        }
        return bytes
    }

    private static let padding = UInt8(ascii: "=")
}

extension Base64.Alphabet {
    private static let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardCharacters = Array((common + "+/").utf8)
    private static let urlSafeCharacters = Array((common + "-_").utf8)

    fileprivate var characters: [UInt8] { self == .standard ? Self.standardCharacters : Self.urlSafeCharacters }

    fileprivate func value(of character: UInt8) -> UInt32? {
        if character.isDigit { return UInt32(character) - 0x30 + 52 }
        if character.isLetter { return UInt32(character | 0x20) - 0x61 + (character & 0x20 == 0 ? 0 : 26) }
        return characters.suffix(2).firstIndex(of: character).map { UInt32($0) }
    }
}
