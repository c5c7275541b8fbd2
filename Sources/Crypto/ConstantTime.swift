// The time to compare secrets must not reveal how much of a guess is right.

internal import CCrypto

public enum ConstantTime {
    /// Whether both are equal; the time depends on the length alone.
    public static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }
}
