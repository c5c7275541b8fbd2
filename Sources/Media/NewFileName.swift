// Stored files get names that nobody can guess and that say nothing about the sender.

/// Twelve characters of 0-9a-z (62 bits), without an extension.
public struct NewFileName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public static let length = 12
    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// A name out of random bytes; nil when they run out (each serves with 252 in 256, so 32 bytes as good as always do).
    ///
    /// Bytes of 252 and more are skipped: 256 is no multiple of 36, and a remainder would prefer the first four characters.
    public static func random(from bytes: some Sequence<UInt8>) -> NewFileName? {
        let fair = 256 / alphabet.count * alphabet.count
        var characters: [UInt8] = []
        for byte in bytes where byte < fair {
            characters.append(alphabet[Int(byte) % alphabet.count])
            if characters.count == length { return NewFileName(text: String(decoding: characters, as: UTF8.self)) }
        }
        return nil
    }

    /// nil unless the text is such a name.
    public init?(_ text: String) {
        guard text.utf8.count == NewFileName.length, text.utf8.allSatisfy(NewFileName.alphabet.contains) else { return nil }
        self.text = text
    }

    private init(text: String) { self.text = text }

    public var description: String { text }
}
