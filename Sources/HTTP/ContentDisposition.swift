// The name under which a browser saves a file. It is written twice where that is needed: once for every client, and once as it is.

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
        let digits = Array("0123456789ABCDEF".utf8)
        return String(decoding: name.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }, as: UTF8.self)
    }
}
