// The keyed hash for sets of object keys: see OpenContainers.swift.

/// 64-bit hashes that cannot be predicted outside this process, so that no client can force collisions.
struct KeyHash {
    private static let secret: (UInt64, UInt64) = {
        var random = SystemRandomNumberGenerator()
        return (random.next(), random.next() | 1)
    }()

    private let seed: UInt64
    private let factor: UInt64

    init() { (seed, factor) = KeyHash.secret }

    /// Mixes two words into one (128-bit multiplication, folded, as in wyhash).
    @inline(__always)
    func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = (one ^ seed).multipliedFullWidth(by: other ^ factor)
        return product.high ^ product.low
    }

    @inline(__always)
    func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        let bytes = UnsafeRawPointer(start)
        var result = mix(UInt64(truncatingIfNeeded: count), 0x9E37_79B9_7F4A_7C15)
        var tail: UInt64 = 0
        if count >= 8 {
            var at = 0
            while at &+ 8 < count {
                result = mix(result, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                at &+= 8
            }
            tail = bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        } else if count >= 4 {
            tail = UInt64(bytes.loadUnaligned(as: UInt32.self)) << 32
                | UInt64(bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
        } else if count > 0 {
            tail = UInt64(start[0]) << 16 | UInt64(start[count >> 1]) << 8 | UInt64(start[count &- 1])
        }
        return mix(mix(result, tail), 0xD6E8_FEB8_6659_FD93)
    }
}
