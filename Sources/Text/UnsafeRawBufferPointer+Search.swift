// Search with memchr(3) and memcmp(3), which compare many bytes at once.

import Glibc

extension UnsafeRawBufferPointer {
    /// The first index of a byte at or after `start`.
    @inlinable public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// Whether a pattern, or its first `length` bytes, is at `start`.
    @inlinable public func holds(_ pattern: [UInt8], first length: Int? = nil, at start: Int = 0) -> Bool {
        let length = length ?? pattern.count
        guard length <= count - start, let base = baseAddress else { return false }
        return memcmp(base + start, pattern, length) == 0
    }
}
