// File names of old Chinese Windows programs come in GBK bytes. The replaced program stored such files and answered nothing at
// all; here the name is read, where it can be.

import Glibc

enum FileNameBytes {
    /// UTF-8 as it is, else GB18030 (which holds GBK) where all of it is that, else UTF-8 with U+FFFD for what is broken.
    static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? chinese(bytes) ?? String(decoding: bytes, as: UTF8.self)
    }

    private static let lengthLimit = 4096

    private static func chinese(_ bytes: [UInt8]) -> String? {
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
