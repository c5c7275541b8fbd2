// Where a file lies below the upload folder. A value of this type is safe to join to that folder and to write into a URL or
// a header as it stands; no other text ever becomes a path (CVE-2022-48161 was one that did).

/// A path below the upload folder such as "2024/04/10gwv0y.webp" or "videos/2024/04/b2c3d4.mp4".
public struct StoredPath: Hashable, Sendable, CustomStringConvertible {
    /// No leading slash; ASCII letters, digits, dots, minus and underscore in every part, none of which begins with a dot.
    public let text: String

    /// At most this many bytes in all.
    public static let maximumLength = 200

    /// nil unless the text is two or more parts, each of letters, digits, `.`, `-` and `_`, none beginning with a dot.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= StoredPath.maximumLength else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.allSatisfy(StoredPath.isPart) else { return nil }
        self.text = text
    }

    /// The place of a new file: pictures below the year, videos below "videos"; nil for a month or year no calendar has.
    public init?(of type: MediaType, year: Int, month: Int, name: NewFileName) {
        guard (1000...9999).contains(year), (1...12).contains(month) else { return nil }
        let date = "\(year)/\(month < 10 ? "0" : "")\(month)"
        text = "\(type.kind == .video ? "videos/" : "")\(date)/\(name.text).\(type.fileExtension)"
    }

    /// Everything before the last slash.
    public var folder: String { String(text[..<lastSlash]) }

    /// Everything behind the last slash.
    public var name: String { String(text[text.index(after: lastSlash)...]) }

    /// What stands behind the last dot of the name, lower case; empty when there is none.
    public var fileExtension: String { lastExtension(of: name) }

    public var description: String { text }

    private var lastSlash: String.Index { text.lastIndex(of: "/") ?? text.startIndex }

    private static func isPart(_ part: Substring.UTF8View.SubSequence) -> Bool {
        guard let first = part.first, first != UInt8(ascii: ".") else { return false }
        return part.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}

/// What stands behind the last dot, lower case; empty when there is no dot or nothing behind it.
func lastExtension(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[name.utf8.index(after: dot)...].lowercased()
}
