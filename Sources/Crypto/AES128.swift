// What another program has encrypted, and what it is to read again. Nothing of ours is kept secret by it. It goes through EVP, whose
// providers cost 1.8 MB of memory from the first use on: a process that meets no such text never loads them.

internal import CCrypto

/// AES with keys of 128 bits (FIPS 197), in the two modes that are met.
public enum AES128 {
    public static let blockLength = 16

    /// XTS with ciphertext stealing (IEEE 1619): as many bytes come out as go in.
    ///
    /// - Parameters:
    ///   - key: 32 bytes, the key of the data and then that of the tweak.
    ///   - tweak: 16 bytes.
    /// - Returns: nil for less than one block.
    public static func encryptXTS(_ text: [UInt8], key: [UInt8], tweak: [UInt8]) -> [UInt8]? {
        guard text.count >= blockLength, key.count == 2 * blockLength, tweak.count == blockLength else { return nil }
        return run(EVP_aes_128_xts(), text, key, tweak, encrypts: true)
    }

    /// The text of which `encryptXTS` makes these bytes. There is no telling whether somebody changed them.
    public static func decryptXTS(_ bytes: [UInt8], key: [UInt8], tweak: [UInt8]) -> [UInt8]? {
        guard bytes.count >= blockLength, key.count == 2 * blockLength, tweak.count == blockLength else { return nil }
        return run(EVP_aes_128_xts(), bytes, key, tweak, encrypts: false)
    }

    /// CBC with the padding of PKCS #7.
    ///
    /// - Returns: nil where the padding is none.
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
