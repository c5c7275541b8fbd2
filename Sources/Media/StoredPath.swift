// Where a file lies below the upload folder. No other text ever becomes a path (CVE-2022-48161 was one that did). An imported
// tree has names in any language, so `text` is for the file system and `encoded` for URLs and headers.

import Text

/// A path below the upload folder such as "2024/04/10gwv0y.webp", "videos/2024/04/b2c3d4.mp4" or "2025/07/04/假日.jpg".
public struct StoredPath: Hashable, Sendable, CustomStringConvertible {
    /// No leading slash; parts without control characters, backslashes and a dot at their beginning.
    public let text: String

    /// At most this many bytes in all.
    public static let maximumLength = 500
    /// At most this many bytes in one part: what file systems take.
    public static let maximumPartLength = 255

    /// nil unless the text is one or more parts that are not empty, begin with no dot and hold nothing that could end a line,
    /// turn its direction or mean a folder to some program.
    public init?(_ text: String) {
        guard text.utf8.count <= StoredPath.maximumLength, !text.unicodeScalars.contains(where: StoredPath.isRefused) else {
            return nil
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.count <= StoredPath.maximumPartLength && $0.first != nil && $0.first != UInt8(ascii: ".") })
        else { return nil }
        self.text = text
    }

    /// The place of a new file: pictures below the year, videos below "videos"; nil for a month or year no calendar has.
    public init?(of type: MediaType, year: Int, month: Int, name: NewFileName) {
        guard (1000...9999).contains(year), (1...12).contains(month) else { return nil }
        let date = "\(year)/\(month < 10 ? "0" : "")\(month)"
        text = "\(type.kind == .video ? "videos/" : "")\(date)/\(name.text).\(type.fileExtension)"
    }

    /// Everything before the last slash; empty for a file that lies in the upload folder itself.
    public var folder: String { lastSlash.map { String(text[..<$0]) } ?? "" }

    /// Everything behind the last slash.
    public var name: String { lastSlash.map { String(text[text.index(after: $0)...]) } ?? text }

    /// The path as a name in one folder: with `_` for each slash, as EasyImages has it.
    public var flat: String {
        String(decoding: text.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }

    /// What stands behind the last dot of the name, lower case; empty when there is none.
    public var fileExtension: String { lastExtension(of: name) }

    /// Percent-encoded but for slashes, for a URL or a header (RFC 3986, section 2.3).
    public var encoded: String { PercentCoding.encode(text) { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "/") } }

    public var description: String { text }

    private var lastSlash: String.Index? { text.utf8.lastIndex(of: UInt8(ascii: "/")) }

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\\" || scalar.value == 0xFFFD || ClientName.isHidden(scalar)
    }
}

/// What stands behind the last dot, lower case; empty when there is no dot or nothing behind it.
func lastExtension(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[name.utf8.index(after: dot)...].lowercased()
}
