// For the encrypted links of EasyImages; this program keeps no secrets with it. It uses EVP, whose providers cost 1.8 MB of memory
// from the first use on: a process that meets no such link never loads them.

internal import CCrypto

/// AES with 128-bit keys (FIPS 197), in the two modes of these links.
public enum AES128 {
    public static let blockLength = 16

    /// XTS with ciphertext stealing (IEEE 1619): the output has the length of the input.
    ///
    /// - Parameters:
    ///   - key: 32 bytes: the data key, then the tweak key.
    ///   - tweak: 16 bytes.
    /// - Returns: nil for less than one block.
    public static func encryptXTS(_ text: [UInt8], key: [UInt8], tweak: [UInt8]) -> [UInt8]? {
        guard text.count >= blockLength, key.count == 2 * blockLength, tweak.count == blockLength else { return nil }
        return run(EVP_aes_128_xts(), text, key, tweak, encrypts: true)
    }

    /// Inverse of `encryptXTS`. XTS does not detect modified bytes.
    public static func decryptXTS(_ bytes: [UInt8], key: [UInt8], tweak: [UInt8]) -> [UInt8]? {
        guard bytes.count >= blockLength, key.count == 2 * blockLength, tweak.count == blockLength else { return nil }
        return run(EVP_aes_128_xts(), bytes, key, tweak, encrypts: false)
    }

    /// CBC with PKCS #7 padding.
    ///
    /// - Returns: nil if the padding is invalid.
    public static func decryptCBC(_ bytes: [UInt8], key: [UInt8], start: [UInt8]) -> [UInt8]? {
        guard !bytes.isEmpty, bytes.count.isMultiple(of: blockLength), key.count == blockLength, start.count == blockLength
        else { return nil }
        return run(EVP_aes_128_cbc(), bytes, key, start, encrypts: false)
    }

    private static func run(_ cipher: OpaquePointer, _ input: [UInt8], _ key: [UInt8], _ start: [UInt8], encrypts: Bool) -> [UInt8]? {
        guard let context = EVP_CIPHER_CTX_new() else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        guard EVP_CipherInit_ex(context, cipher, nil, key, start, encrypts ? 1 : 0) == 1 else { return nil }
        var output = [UInt8](repeating: 0, count: input.count + blockLength)
        var length: Int32 = 0
        var rest: Int32 = 0
        let isDone = output.withUnsafeMutableBufferPointer { room in
            EVP_CipherUpdate(context, room.baseAddress, &length, input, Int32(input.count)) == 1
                && EVP_CipherFinal_ex(context, room.baseAddress! + Int(length), &rest) == 1
        }
        return isDone ? Array(output.prefix(Int(length + rest))) : nil
    }
}
