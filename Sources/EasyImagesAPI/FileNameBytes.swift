// The replaced program stored files whose names are in GBK and answered nothing at all; here the name is read, where it can be.

import Text

enum FileNameBytes {
    /// UTF-8 as it is, else GB18030 where all of it is that, else UTF-8 with U+FFFD for what is broken.
    static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? GB18030.decode(bytes) ?? String(decoding: bytes, as: UTF8.self)
    }
}
