// Reading beyond the end is an error of the file, wherever the end falls within the buffer.

import Media
import Testing

@testable import MediaHeader
import Text

@Suite struct ByteReaderTests {
    private let bytes = (0..<2_000).map { UInt8(truncatingIfNeeded: $0) }

    @Test func numbersAreReadAtAnyPlace() throws {
        let reader = ByteReader(MemorySource(bytes), capacity: 600)
        for offset in [0, 510, 511, 1_500, 3, 1_992] {
            let at = (0..<8).map { Int(bytes[offset + $0]) }
            #expect(try reader.byte(at: offset) == at[0])
            #expect(try reader.big16(at: offset) == at[0] << 8 | at[1])
            #expect(try reader.little16(at: offset) == at[1] << 8 | at[0])
            #expect(try reader.little24(at: offset) == at[2] << 16 | at[1] << 8 | at[0])
            #expect(try reader.big32(at: offset) == at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3])
            #expect(try reader.little32(at: offset) == at[3] << 24 | at[2] << 16 | at[1] << 8 | at[0])
            #expect(try reader.big64(at: offset).byteSwapped == reader.little64(at: offset))
        }
    }

    @Test(arguments: [(-1, 1), (2_000, 1), (1_999, 2), (Int.max, 1), (Int.min, 1), (0, 2_001), (Int.max, Int.max)])
    func whatIsNotThereIsDamage(_ offset: Int, _ count: Int) {
        let reader = ByteReader(MemorySource(bytes))
        #expect(throws: MediaRefusal.self) { try reader.bytes(at: offset, count) }
    }

    @Test func piecesFollowOneAnother() throws {
        let reader = ByteReader(MemorySource(bytes), capacity: 600)
        var all: Bytes = []
        while case let piece = try reader.piece(at: all.count), !piece.isEmpty { all += piece }
        #expect(all == bytes)
        #expect(try reader.piece(at: 1_999, atLeast: 2).count == 1)
        #expect(try reader.piece(at: 599, atLeast: 2).count >= 2)
        #expect(try reader.piece(at: -1).isEmpty)
    }

    @Test func filesThatShrinkAreDamage() {
        struct Shrunk: ByteSource {
            let size = 100
            func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int { 3 }
        }
        #expect(throws: MediaRefusal.self) { try ByteReader(Shrunk()).big32(at: 0) }
        #expect(throws: MediaRefusal.self) { try MediaHeader.read(Shrunk()) }
    }
}
