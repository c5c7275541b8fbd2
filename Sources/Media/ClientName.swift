// The file name that a client sent is only displayed, never opened. It goes into pages, JSON, logs and download headers, so characters
// that reverse text direction, break lines or hide an extension are removed once, here.

import Text

/// The base name of an uploaded file, safe to display: valid UTF-8, at most 255 bytes, no control or direction characters.
public struct ClientName: Hashable, Sendable, CustomStringConvertible {
    /// May be empty.
    public let text: String

    public static let maximumLength = 255

    /// From bytes as sent: UTF-8, or GBK as old Chinese programs send it, also where it is valid UTF-8 by accident (`GBKName`); what is neither
    /// is UTF-8 with U+FFFD for invalid bytes. Percent escapes are not decoded.
    public init(bytes: [UInt8]) {
        let text = String(validating: bytes, as: UTF8.self).flatMap { GBKName.isLikely($0) ? nil : $0 }
        self.init(text ?? GB18030.decode(bytes) ?? String(decoding: bytes, as: UTF8.self))
    }

    public init(_ sent: String) {
        if ClientName.isPlain(sent) {
            text = sent
            return
        }
        let base = sent.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? Substring.UnicodeScalarView()
        var shown = String.UnicodeScalarView()
        shown.append(contentsOf: base.lazy.filter { !ClientName.isHidden($0) })
        let name = ClientName.cut(String(shown))
        text = name == "." || name == ".." ? "" : name
    }

    /// Whether nothing of a name can have to be changed: nearly all names are like this.
    private static func isPlain(_ sent: String) -> Bool {
        sent.utf8.count <= maximumLength && !sent.utf8.starts(with: [UInt8(ascii: ".")])
            && sent.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") }
    }

    /// A name that somebody gives a file on purpose, without the blanks around it; nil if anything else of it would be changed, or if nothing
    /// is left.
    public init?(given text: String) {
        let trimmed = text.pasted
        self.init(trimmed)
        guard !self.text.isEmpty, self.text.utf8.elementsEqual(trimmed.utf8) else { return nil }
    }

    /// The text after the last dot, lower case; empty when there is none.
    public var fileExtension: String { lastExtension(of: text) }

    /// The name up to its last dot; a name that begins with its only dot stays whole.
    public var withoutExtension: String {
        guard let dot = text.utf8.lastIndex(of: UInt8(ascii: ".")), dot > text.startIndex else { return text }
        return String(text[..<dot])
    }

    public var description: String { text }

    /// Control characters, line separators, direction marks and the byte order mark (Unicode 15: Cc, Zl, Zp, Bidi_Control).
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// The longest prefix that fits, cut between characters; between scalars if the first character alone is too long.
    private static func cut(_ name: String) -> String {
        guard name.utf8.count > maximumLength else { return name }
        let whole = fitting(name.indices, of: name)
        return String(name[..<(whole > name.startIndex ? whole : fitting(name.unicodeScalars.indices, of: name))])
    }

    /// The last of these ascending indices that is within `maximumLength` bytes.
    private static func fitting(_ borders: some Sequence<String.Index>, of name: String) -> String.Index {
        var last = name.startIndex
        for border in borders {
            guard name.utf8.distance(from: name.startIndex, to: border) <= maximumLength else { break }
            last = border
        }
        return last
    }
}
