// The path of a file relative to the upload folder. No other text is ever used as a path (CVE-2022-48161 was such a bug). An imported
// tree has names in any language: `text` is for the file system, `encoded` for URLs and headers.

import Text

/// A path relative to the upload folder such as "2024/04/10gwv0y.webp", "videos/2024/04/b2c3d4.mp4" or "2025/07/04/假日.jpg".
public struct StoredPath: Hashable, Sendable, CustomStringConvertible {
    /// No leading slash; no component contains control characters or backslashes, or begins with a dot.
    public let text: String

    /// Maximum bytes of the whole path.
    public static let maximumLength = 500
    /// Maximum bytes of one component: the limit of file systems.
    public static let maximumPartLength = 255

    /// nil unless the text is one or more components that are not empty, do not begin with a dot and contain no characters that break a
    /// line, change text direction or separate folders in any program.
    public init?(_ text: String) {
        guard text.utf8.count <= StoredPath.maximumLength, StoredPath.hasGoodParts(text),
              !text.unicodeScalars.contains(where: StoredPath.isRefused) else { return nil }
        self.text = text
    }

    /// (A loop, and not `split`, which takes ten times as long: a list has many paths.)
    private static func hasGoodParts(_ text: String) -> Bool {
        var length = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "/") {
                guard length > 0 else { return false }
                length = 0
            } else {
                guard length > 0 || byte != UInt8(ascii: "."), length < maximumPartLength else { return false }
                length += 1
            }
        }
        return length > 0
    }

    /// The path of a new file: pictures in the year's folder, videos in "videos"; nil for an invalid year or month.
    public init?(of type: MediaType, year: Int, month: Int, name: NewFileName) {
        guard (1000...9999).contains(year), (1...12).contains(month) else { return nil }
        let date = "\(year)/\(month.padded(to: 2))"
        text = "\(type.kind == .video ? "videos/" : "")\(date)/\(name.text).\(type.fileExtension)"
    }

    /// Everything before the last slash; empty for a file directly in the upload folder.
    public var folder: String { lastSlash.map { String(text[..<$0]) } ?? "" }

    /// Everything after the last slash.
    public var name: String { lastSlash.map { String(text[text.index(after: $0)...]) } ?? text }

    /// The path as one file name: `_` for each slash, as in EasyImages.
    public var flat: String {
        String(decoding: text.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }

    /// The part of the name after the last dot, lower case; empty when there is none.
    public var fileExtension: String { lastExtension(of: name) }

    /// Percent-encoded except for slashes, for a URL or a header (RFC 3986, section 2.3).
    public var encoded: String { PercentCoding.encode(text) { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "/") } }

    public var description: String { text }

    private var lastSlash: String.Index? { text.utf8.lastIndex(of: UInt8(ascii: "/")) }

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\\" || scalar.value == 0xFFFD || ClientName.isHidden(scalar)
    }
}

/// The part after the last dot, lower case; empty when there is no dot or nothing follows it.
func lastExtension(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[name.utf8.index(after: dot)...].lowercased()
}
