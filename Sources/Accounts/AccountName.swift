// A name that exists is valid: it can stand in a URL, a log line and a shell command as it is.

/// The name of an account: 1 to 64 of ASCII letters, digits and `. _ - @`, a letter or digit first.
public struct AccountName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first, AccountName.isLetterOrDigit(first),
              text.utf8.allSatisfy({ AccountName.isLetterOrDigit($0) || "._-@".utf8.contains($0) }) else { return nil }
        self.text = text
    }

    /// The name of an account that another program made: letters and digits of any language, and blanks inside.
    public init?(imported text: String) {
        guard (1...64).contains(text.utf8.count), !text.hasPrefix(" "), !text.hasSuffix(" "), text.unicodeScalars.allSatisfy({
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "._-@/ ".unicodeScalars.contains($0)
        }) else { return nil }
        self.text = text
    }

    public var description: String { text }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
