// The digest of everything that this program names by content or keeps as a digest: uploaded files while they stream to
// disk, API keys at rest, and the two halves of an HMAC.

internal import CCrypto

/// A SHA-256 (FIPS 180-4) in progress; bytes go in piece by piece, 32 bytes come out once.
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

    /// The 32 bytes of the digest; afterwards the digest stands at its start again.
    public func finish() -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: SHA256.length) { buffer, count in
            SHA256_Final(buffer.baseAddress, &state)
            count = SHA256.length
        }
        SHA256_Init(&state)
        return digest
    }

    /// The digest of bytes that are in memory already.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        let digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }
}
