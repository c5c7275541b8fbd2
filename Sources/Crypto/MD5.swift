// MD5 for what other programs use: block lists and file names. Not for security; what must not be forged uses SHA-256.

internal import CCrypto

/// Incremental MD5 (RFC 1321), 16 bytes.
public final class MD5 {
    private var state = MD5_CTX()

    public static let length = 16

    public init() { MD5_Init(&state) }

    /// Appends bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        MD5_Update(&state, start, bytes.count)
    }

    /// Returns the 16-byte digest and resets the state.
    public func finish() -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: MD5.length) { buffer, count in
            MD5_Final(buffer.baseAddress, &state)
            count = MD5.length
        }
        MD5_Init(&state)
        return digest
    }

    /// The digest of bytes in memory.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        let digest = MD5()
        bytes.withUnsafeBytes(digest.update)
        return digest.finish()
    }
}
