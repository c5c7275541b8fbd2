// A value of this type is a valid name: it needs no escaping in a URL, a log line or a shell command.

import Text

/// The name of an account: 1 to 64 of ASCII letters, digits and `. _ - @`, a letter or digit first.
public struct AccountName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first, first.isLetterOrDigit,
              text.utf8.allSatisfy({ $0.isLetterOrDigit || "._-@".utf8.contains($0) }) else { return nil }
        self.text = text
    }

    /// The name of an imported account: letters and digits of any language, and spaces inside.
    public init?(imported text: String) {
        guard (1...64).contains(text.utf8.count), !text.hasPrefix(" "), !text.hasSuffix(" "), text.unicodeScalars.allSatisfy({
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "._-@/ ".unicodeScalars.contains($0)
        }) else { return nil }
        self.text = text
    }

    public var description: String { text }
}
