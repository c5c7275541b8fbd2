// File names from old Chinese Windows programs are in GBK.

import Glibc

/// The Chinese encoding that includes GBK and GB 2312.
public enum GB18030 {
    private static let lengthLimit = 4096

    /// nil unless all bytes are valid in that encoding; at most 4096 bytes.
    public static func decode(_ bytes: [UInt8]) -> String? {
        guard bytes.count <= lengthLimit else { return nil }
        let converter = iconv_open("UTF-8", "GB18030")
        // The error value of iconv_open(3) is (iconv_t)-1.
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var source = bytes.map(CChar.init(bitPattern:))
        var target = [CChar](repeating: 0, count: bytes.count * 4)
        var (left, room) = (source.count, target.count)
        let isWhole = source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                return iconv(converter, &from, &left, &to, &room) != Int(bitPattern: UInt.max) && left == 0
            }
        }
        guard isWhole else { return nil }
        return String(validating: target.prefix(target.count - room).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
