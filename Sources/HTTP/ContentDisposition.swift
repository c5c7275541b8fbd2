// The file name for a download, written twice if necessary: as ASCII for every client, and as UTF-8.

import Text

/// Values of `Content-Disposition` (RFC 6266).
public enum ContentDisposition {
    public static func attachment(_ name: String) -> String {
        let plain = String(decoding: name.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
        let quoted = "attachment; filename=\"\(plain)\""
        return name.utf8.allSatisfy(isPlain) ? quoted : quoted + "; filename*=UTF-8''" + encoded(name)
    }

    /// Clients disagree about all other characters in a quoted string.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "%")
    }

    /// RFC 8187, section 3.2.1, without characters that some clients misread.
    private static func encoded(_ name: String) -> String {
        PercentCoding.encode(name) { $0.isLetterOrDigit || ".-_".utf8.contains($0) }
    }
}
