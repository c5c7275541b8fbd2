// The C library looks at many bytes at once.

import Glibc

extension UnsafeRawBufferPointer {
    /// Where a byte stands first, at or behind an index; at the speed of memchr(3).
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// Whether the first bytes of a pattern, or all of them, stand at an index.
    public func holds(_ pattern: [UInt8], first length: Int? = nil, at start: Int = 0) -> Bool {
        let length = length ?? pattern.count
        guard length <= count - start, let base = baseAddress else { return false }
        return memcmp(base + start, pattern, length) == 0
    }
}
