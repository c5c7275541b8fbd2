// SHA-1 for what other programs use: file names, and checksums of pieces of uploads. Not for security.

internal import CCrypto

/// Incremental SHA-1 (FIPS 180-4), 20 bytes.
public final class SHA1 {
    private var state = SHA_CTX()

    public static let length = 20

    public init() { SHA1_Init(&state) }

    /// Appends bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        SHA1_Update(&state, start, bytes.count)
    }

    /// Returns the 20-byte digest and resets the state.
    public func finish() -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: SHA1.length) { buffer, count in
            SHA1_Final(buffer.baseAddress, &state)
            count = SHA1.length
        }
        SHA1_Init(&state)
        return digest
    }

    /// The digest of bytes in memory.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        let digest = SHA1()
        bytes.withUnsafeBytes(digest.update)
        return digest.finish()
    }
}
