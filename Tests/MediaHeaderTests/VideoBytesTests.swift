// What hand-made videos are put together from, and sources that are larger than memory or that count.

import Media
import Testing

@testable import MediaHeader
import Text

/// A hand-made file under a name, and what is to be read out of it; test reports show the name alone.
struct VideoCase: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    var facts = MediaFacts(type: .mp4)

    static func table(_ rows: [(String, [UInt8], MediaFacts)]) -> [VideoCase] {
        rows.map { VideoCase(testDescription: $0.0, bytes: $0.1, facts: $0.2) }
    }

    static func table(_ rows: [(String, [UInt8])]) -> [VideoCase] {
        rows.map { VideoCase(testDescription: $0.0, bytes: $0.1) }
    }

    static func table(_ rows: [(String, MediaType, [UInt8])]) -> [VideoCase] {
        rows.map { VideoCase(testDescription: $0.0, bytes: $0.2, facts: MediaFacts(type: $0.1)) }
    }
}

/// Big-endian numbers.
func big(_ value: Int, _ bytes: Int = 4) -> [UInt8] {
    (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

/// Little-endian numbers.
func little(_ value: Int, _ bytes: Int = 4) -> [UInt8] { big(value, bytes).reversed() }

func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

/// An ISO box.
func box(_ name: String, _ content: [UInt8]...) -> [UInt8] {
    let payload = content.flatMap { $0 }
    return big(8 + payload.count) + Array(name.utf8) + payload
}

/// An EBML element; its size is always written in 8 bytes, or as unknown.
func element(_ identifier: Int, unknownSize: Bool = false, _ content: [UInt8]...) -> [UInt8] {
    let payload = content.flatMap { $0 }
    let name = big(identifier, 8).drop { $0 == 0 }
    return name + (unknownSize ? [0x01] + [UInt8](repeating: 0xFF, count: 7) : [0x01] + big(payload.count, 7)) + payload
}

/// A RIFF chunk.
func chunk(_ name: String, _ content: [UInt8]...) -> [UInt8] {
    let payload = content.flatMap { $0 }
    return Array(name.utf8) + little(payload.count) + payload + zeros(payload.count % 2)
}

func list(_ name: String, _ content: [UInt8]...) -> [UInt8] {
    chunk("LIST", Array(name.utf8), content.flatMap { $0 })
}

/// A file of any size, of which only some pieces are not zeros.
struct SparseSource: ByteSource {
    let size: Int
    let pieces: [(offset: Int, bytes: [UInt8])]

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = max(0, min(buffer.count, size - offset))
        for index in 0..<count {
            let place = offset + index
            let piece = pieces.first { $0.offset <= place && place < $0.offset + $0.bytes.count }
            buffer[index] = piece.map { $0.bytes[place - $0.offset] } ?? 0
        }
        return count
    }
}

/// Bytes in memory whose readers are watched.
final class CountingSource: ByteSource {
    let bytes: [UInt8]
    private(set) var reads = 0
    private(set) var bytesRead = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var size: Int { bytes.count }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = MemorySource(bytes).read(at: offset, into: buffer)
        reads += 1
        bytesRead += count
        return count
    }
}

/// Pieces of ISO movies, as small as they are valid.
enum Movie {
    static let upright: [Int] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000]
    static let quarter: [Int] = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x4000_0000]
    static let threeQuarters: [Int] = [0, -0x10000, 0, 0x10000, 0, 0, 0, 0, 0x4000_0000]

    static func brand(_ major: String) -> [UInt8] { box("ftyp", Array(major.utf8), zeros(4), Array(major.utf8)) }

    static func header(
        timescale: Int = 1000, duration: Int = 2000, matrix: [Int] = upright, isLong: Bool = false
    ) -> [UInt8] {
        let times = isLong
            ? zeros(16) + big(timescale) + big(duration, 8) : zeros(8) + big(timescale) + big(duration)
        return box("mvhd", [isLong ? 1 : 0, 0, 0, 0], times, zeros(16), matrix.flatMap { big($0) }, zeros(28))
    }

    static func track(
        _ handler: String = "vide", identifier: Int = 1, flags: Int = 3, size: (Int, Int) = (320, 240),
        coded: (Int, Int)? = nil, matrix: [Int] = upright, timescale: Int = 1000, duration: Int = 0, isLong: Bool = false
    ) -> [UInt8] {
        let coded = coded ?? size
        let times = isLong ? zeros(16) + big(identifier) + zeros(12) : zeros(8) + big(identifier) + zeros(8)
        let tkhd = box(
            "tkhd", big((isLong ? 1 << 24 : 0) | flags), times, zeros(16), matrix.flatMap { big($0) },
            big(size.0 << 16), big(size.1 << 16))
        let entry = box("avc1", zeros(24), big(coded.0, 2), big(coded.1, 2), zeros(50))
        return box(
            "trak", tkhd,
            box(
                "mdia", box("mdhd", zeros(12), big(timescale), big(duration), zeros(4)),
                box("hdlr", zeros(8), Array(handler.utf8), zeros(13)),
                box("minf", box("stbl", box("stsd", zeros(4), big(1), entry)))))
    }

    static func file(_ content: [UInt8]...) -> [UInt8] { brand("isom") + box("moov", content.flatMap { $0 }) }
}

/// Pieces of Matroska files.
enum Document {
    static func header(_ type: String = "matroska") -> [UInt8] { element(0x1A45_DFA3, element(0x4282, Array(type.utf8))) }
    static func segment(unknownSize: Bool = false, _ content: [UInt8]...) -> [UInt8] {
        element(0x1853_8067, unknownSize: unknownSize, content.flatMap { $0 })
    }
    static func info(_ seconds: Double) -> [UInt8] { element(0x1549_A966, duration(seconds * 1000)) }
    static func duration(_ value: Double) -> [UInt8] { element(0x4489, big(Int(truncatingIfNeeded: value.bitPattern), 8)) }
    static func tracks(_ entries: [UInt8]...) -> [UInt8] { element(0x1654_AE6B, entries.flatMap { $0 }) }
    static func track(_ type: Int = 1, _ width: Int = 320, _ height: Int = 240, enabled: Int = 1, _ more: [UInt8] = []) -> [UInt8] {
        element(
            0xAE, element(0x83, [UInt8(type)]), element(0xB9, [UInt8(enabled)]),
            element(0xE0, element(0xB0, big(width, 2)), element(0xBA, big(height, 4)), more))
    }
    static func seekHead(_ entries: (identifier: Int, position: Int)...) -> [UInt8] {
        element(0x114D_9B74, entries.flatMap {
            element(0x4DBB, element(0x53AB, big($0.identifier)), element(0x53AC, big($0.position, 8)))
        })
    }
}
