// How long a comparison of secrets takes must not tell how much of a guess was right.

internal import CCrypto

public enum ConstantTime {
    /// Whether both are the same bytes; the time depends on the length alone.
    public static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}
