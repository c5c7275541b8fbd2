// The digest for everything that is content-addressed or stored only as a digest: uploaded files while they stream to
// disk, API keys at rest, and HMAC.

internal import CCrypto

/// Incremental SHA-256 (FIPS 180-4), 32 bytes.
public final class SHA256 {
    private var state = SHA256_CTX()

    /// The length of a digest in bytes.
    public static let length = 32

    public init() { SHA256_Init(&state) }

    deinit { OPENSSL_cleanse(&state, MemoryLayout<SHA256_CTX>.size) }

    /// Appends bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        SHA256_Update(&state, start, bytes.count)
    }

    /// Appends bytes.
    public func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes(update) }

    /// Returns the 32-byte digest and resets the state.
    public func finish() -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: SHA256.length) { buffer, count in
            SHA256_Final(buffer.baseAddress, &state)
            count = SHA256.length
        }
        SHA256_Init(&state)
        return digest
    }

    /// The digest of bytes in memory.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        let digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }
}
