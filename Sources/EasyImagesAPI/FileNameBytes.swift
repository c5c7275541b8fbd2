// EasyImages accepted file names in GBK but returned nothing for them; here such names are decoded if possible.

import Text

enum FileNameBytes {
    /// Decodes UTF-8; else GB18030 if all bytes are valid; else UTF-8 with U+FFFD for invalid bytes.
    static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? GB18030.decode(bytes) ?? String(decoding: bytes, as: UTF8.self)
    }
}
