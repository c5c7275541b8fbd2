// Escaping does not prevent a URL from executing code: "javascript:…". URLs from settings are checked
// here before they become links.

/// A URL that is safe as a link target.
public struct WebAddress: Sendable, Equatable {
    public let text: String

    /// nil unless the text is an http, https or mailto URL, a path of this site, or an e-mail address.
    public init?(_ text: String) {
        let lower = text.lowercased()
        let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        guard !text.isEmpty, isPlain else { return nil }
        if ["http://", "https://", "mailto:"].contains(where: lower.hasPrefix) {
            self.text = text
        } else if text.hasPrefix("/"), !text.hasPrefix("//"), !text.hasPrefix("/\\") {
            self.text = text
        } else if text.contains("@"), !text.contains(":"), !text.contains("/") {
            self.text = "mailto:" + text
        } else {
            return nil
        }
    }
}
