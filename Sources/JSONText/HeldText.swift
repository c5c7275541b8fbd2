// A document of up to 50 MB is in memory once, at a fixed address, shared by all its readers; slices keep it alive.

import Text

/// Immutable bytes at a fixed address, freed with the last reference.
public final class HeldText {
    /// All bytes; valid while this object lives.
    public let bytes: UnsafeRawBufferPointer
    private let release: () -> Void

    /// A copy of the bytes.
    public convenience init(_ bytes: [UInt8]) {
        self.init(capacity: bytes.count) { buffer in
            bytes.withUnsafeBytes(buffer.copyMemory)
            return bytes.count
        }
    }

    /// A copy of the bytes.
    public convenience init(_ bytes: some Collection<UInt8>) { self.init(Array(bytes)) }

    /// A buffer of `capacity` bytes; `fill` writes to it and returns how many bytes it wrote.
    public init(capacity: Int, filling fill: (UnsafeMutableRawBufferPointer) throws -> Int) rethrows {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
        release = { room.deallocate() }
        do {
            bytes = UnsafeRawBufferPointer(rebasing: room[..<(try fill(room))])
        } catch {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            throw error
        }
    }

    /// Bytes owned by another object, such as a mapped file; `release` is called when they are no longer used.
    public init(_ bytes: UnsafeRawBufferPointer, release: @escaping () -> Void) {
        self.bytes = bytes
        self.release = release
    }

    deinit { release() }
}

/// A part of a held text.
public struct TextSlice {
    public let text: HeldText
    /// Byte offsets in the text.
    public let range: Range<Int>

    public init(_ text: HeldText, _ range: Range<Int>) {
        self.text = text
        self.range = range
    }

    public var count: Int { range.count }
    /// Calls `body` with the bytes, which are valid only during the call.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(text) { try body(UnsafeRawBufferPointer(rebasing: text.bytes[range])) }
    }
    /// A copy of the bytes.
    public var bytes: [UInt8] { withBytes { Array($0) } }
    /// The beginning as text, without a character that the limit would divide.
    ///
    /// - Parameter limit: bytes.
    public func excerpt(_ limit: Int) -> String { withBytes { String(cutUTF8: $0.prefix(limit)) } }
}
