// What other programs know files by: lists of refused files hold MD5 sums, and names of files may be MD5 or SHA-1 texts. Neither
// guards anything here; what must not be forged has SHA-256.

internal import CCrypto

/// An MD5 (RFC 1321) in progress; bytes go in piece by piece, 16 bytes come out once.
public final class MD5 {
    private var state = MD5_CTX()

    public static let length = 16

    public init() { MD5_Init(&state) }

    /// Appends bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        MD5_Update(&state, start, bytes.count)
    }

    /// The 16 bytes of the digest; afterwards the digest stands at its start again.
    public func finish() -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: MD5.length) { buffer, count in
            MD5_Final(buffer.baseAddress, &state)
            count = MD5.length
        }
        MD5_Init(&state)
        return digest
    }

    /// The digest of bytes that are in memory already.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        let digest = MD5()
        bytes.withUnsafeBytes(digest.update)
        return digest.finish()
    }
}

/// SHA-1 (FIPS 180-4).
public enum SHA1 {
    /// The 20 bytes of the digest.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
            imagebed_sha1(bytes, bytes.count, buffer.baseAddress)
            count = 20
        }
    }
}
