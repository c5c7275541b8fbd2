// Stored files get random names that cannot be guessed and reveal nothing about the sender.

/// Twelve characters of 0-9a-z (62 bits), without an extension.
public struct NewFileName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public static let length = 12
    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// From random bytes; nil when there are too few (each is usable with probability 252/256; 32 bytes practically always suffice).
    ///
    /// Bytes of 252 and above are skipped: 256 is not a multiple of 36, and a plain remainder would favor the first four characters.
    public static func random(from bytes: some Sequence<UInt8>) -> NewFileName? {
        let fair = 256 / alphabet.count * alphabet.count
        var characters: [UInt8] = []
        for byte in bytes where byte < fair {
            characters.append(alphabet[Int(byte) % alphabet.count])
            if characters.count == length { return NewFileName(text: String(decoding: characters, as: UTF8.self)) }
        }
        return nil
    }

    /// nil unless the text has this form.
    public init?(_ text: String) {
        guard text.utf8.count == NewFileName.length, text.utf8.allSatisfy(NewFileName.alphabet.contains) else { return nil }
        self.text = text
    }

    private init(text: String) { self.text = text }

    public var description: String { text }
}
