// Authenticates texts that this site issued, such as delete links. Implemented here from RFC 2104, because OpenSSL's HMAC uses
// EVP, whose providers cost each responder 1.8 MB.

/// HMAC (RFC 2104) over SHA-256.
public enum HMACSHA256 {
    private static let blockLength = 64

    /// The 32-byte MAC of `message`.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var block = key.count > blockLength ? SHA256.hash(key) : key
        block.append(contentsOf: repeatElement(0, count: blockLength - block.count))
        let inner = SHA256.hash(block.map { $0 ^ 0x36 } + message)
        return SHA256.hash(block.map { $0 ^ 0x5c } + inner)
    }
}
