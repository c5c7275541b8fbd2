// Random bytes become names without preferring a character.

import Testing

@testable import Media

@Suite struct NewFileNameTests {
    @Test func bytesBecomeCharactersAndUnfairOnesAreSkipped() {
        let bytes: [UInt8] = [0, 252, 253, 9, 254, 10, 255, 35, 36, 71, 251, 1, 2, 3, 4, 5, 6, 7]
        #expect(NewFileName.random(from: bytes)?.text == "09az0zz12345")
    }

    @Test func tooFewBytesGiveNoName() {
        #expect(NewFileName.random(from: [UInt8](repeating: 1, count: 11)) == nil)
        #expect(NewFileName.random(from: [UInt8](repeating: 255, count: 1_000)) == nil)
    }

    @Test func everyCharacterIsAsLikelyAsAnother() {
        var counts: [Character: Int] = [:]
        for byte in UInt8.min...UInt8.max {
            guard let name = NewFileName.random(from: [UInt8](repeating: byte, count: 12)) else { continue }
            counts[name.text.first!, default: 0] += 1
        }
        #expect(counts.count == 36)
        #expect(Set(counts.values) == [7])
    }
}
