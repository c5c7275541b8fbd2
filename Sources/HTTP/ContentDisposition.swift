// The name under which a browser saves a file. It is written twice where that is needed: once for every client, and once as it is.

import Text

/// Values of `Content-Disposition` (RFC 6266).
public enum ContentDisposition {
    public static func attachment(_ name: String) -> String {
        let plain = String(decoding: name.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
        let quoted = "attachment; filename=\"\(plain)\""
        return name.utf8.allSatisfy(isPlain) ? quoted : quoted + "; filename*=UTF-8''" + encoded(name)
    }

    /// Clients disagree about everything else in a quoted string.
    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "%")
    }

    /// RFC 8187, section 3.2.1, but for the signs that some clients stumble over.
    private static func encoded(_ name: String) -> String {
        PercentCoding.encode(name) { $0.isLetterOrDigit || ".-_".utf8.contains($0) }
    }
}
