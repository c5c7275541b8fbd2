// A JSON string given as `content` contains JSON text; here its escapes are removed. The result is never longer than the input, so that it
// can replace it in place.

import Text

public enum JSONUnescape {
    private static let roomSize = 65536

    /// Writes the unescaped content of a valid JSON string (with its quotes), in pieces that are valid only during the call.
    public static func unescape(
        _ string: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        guard string.count > 2 else { return }
        if !string.contains(0x5C) { return try sink(UnsafeRawBufferPointer(rebasing: string[1..<(string.count - 1)])) }
        try withUnsafeTemporaryAllocation(byteCount: min(roomSize, string.count), alignment: 16) { room in
            var at = 1
            while at < string.count - 1 {
                let used = unescape(string, from: &at, into: room)
                try sink(UnsafeRawBufferPointer(rebasing: room[..<used]))
            }
        }
    }

    /// The same into `room`, which must have `string.count` bytes and may be the string's own memory; returns the number of bytes written.
    public static func unescape(_ string: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int {
        guard string.count > 2 else { return 0 }
        var at = 1
        var used = 0
        while at < string.count - 1, used < room.count {
            used += unescape(string, from: &at, into: UnsafeMutableRawBufferPointer(rebasing: room[used...]))
        }
        return used
    }

    /// Continues at `at` until the buffer is full or the closing quote is reached. The buffer has room for at least four bytes, or for
    /// all that remain.
    private static func unescape(
        _ string: UnsafeRawBufferPointer, from at: inout Int, into room: UnsafeMutableRawBufferPointer
    ) -> Int {
        let end = string.count - 1
        var used = 0
        while at < end {
            let byte = string[at]
            if byte != 0x5C {
                guard used < room.count else { break }
                room[used] = byte
                used += 1
                at += 1
            } else {
                guard used + 4 <= room.count || room.count - used >= end - at else { break }
                used += escape(string, from: &at, into: room, at: used)
            }
        }
        return used
    }

    /// Unescapes the escape at `at`; returns how many bytes it wrote.
    private static func escape(
        _ string: UnsafeRawBufferPointer, from at: inout Int, into room: UnsafeMutableRawBufferPointer, at used: Int
    ) -> Int {
        let letter = string[at + 1]
        guard letter == UInt8(ascii: "u") else {
            room[used] =
                switch letter {
                case UInt8(ascii: "b"): 0x08
                case UInt8(ascii: "f"): 0x0C
                case UInt8(ascii: "n"): 0x0A
                case UInt8(ascii: "r"): 0x0D
                case UInt8(ascii: "t"): 0x09
                default: letter
                }
            at += 2
            return 1
        }
        var scalar = unit(string, at)
        at += 6
        if scalar & 0xFC00 == 0xD800 {
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + unit(string, at) & 0x3FF
            at += 6
        }
        return write(scalar, into: room, at: used)
    }

    private static func unit(_ string: UnsafeRawBufferPointer, _ at: Int) -> UInt32 {
        (2..<6).reduce(0) { $0 << 4 | UInt32(string[at + $1].hexDigitValue ?? 0) }
    }

    private static func write(_ scalar: UInt32, into room: UnsafeMutableRawBufferPointer, at used: Int) -> Int {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80:
            room[used] = UInt8(scalar)
            return 1
        case ..<0x800:
            room[used] = UInt8(0xC0 | scalar >> 6)
            room[used + 1] = tail(0)
            return 2
        case ..<0x10000:
            room[used] = UInt8(0xE0 | scalar >> 12)
            room[used + 1] = tail(6)
            room[used + 2] = tail(0)
            return 3
        default:
            room[used] = UInt8(0xF0 | scalar >> 18)
            room[used + 1] = tail(12)
            room[used + 2] = tail(6)
            room[used + 3] = tail(0)
            return 4
        }
    }
}
