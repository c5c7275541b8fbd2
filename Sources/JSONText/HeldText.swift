// A document of up to 50 MB is held once, at a fixed address, by whoever looks at it; slices of it stay valid with it.

/// Bytes at a fixed address that live as long as somebody holds them.
public final class HeldText {
    /// All of them; valid while this object lives.
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

    /// Room for `capacity` bytes, of which `fill` writes some and says how many.
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

    /// Bytes that somebody else holds, such as a mapped file, until `release` is called.
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
    /// Calls back with the bytes, which are valid only inside.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(text) { try body(UnsafeRawBufferPointer(rebasing: text.bytes[range])) }
    }
    /// A copy of the bytes.
    public var bytes: [UInt8] { withBytes { Array($0) } }
}
