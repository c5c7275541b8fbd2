// Nothing that anybody sends may trap, loop or cost more than a few megabytes of reading. Samples of every container are
// cut at many places and changed at random, always by the same numbers, and each reader's work is counted.

import Media
import Testing

@testable import MediaHeader
import Text

/// The bound on bytes and on reads for one file, whatever is in it.
private let (mostBytes, mostReads) = (8 << 20, 16_384)

/// SplitMix64 (Steele, Lea, Flood 2014), so that a failure can be repeated.
private struct Randomness: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Reads as the type says, and as somebody who removes metadata; a refusal is as good as an answer.
private func attempt(_ bytes: [UInt8], _ type: MediaType) throws {
    let source = CountingSource(bytes)
    do {
        let facts = try read(source, type)
        #expect(facts.duration.map { $0 > 0 && $0 < 1e9 } ?? true)
        #expect((facts.width == nil) == (facts.height == nil))
        #expect((1...65_535).contains(facts.width ?? 1) && (1...65_535).contains(facts.height ?? 1))
    } catch is MediaRefusal {}
    #expect(source.bytesRead <= mostBytes && source.reads <= mostReads, "\(source.bytesRead) bytes in \(source.reads) reads")
    if type == .mp4 { _ = try? VideoMetadata.blankLocations(source) }
}

private func read(_ source: some ByteSource, _ type: MediaType) throws -> MediaFacts {
    switch type {
    case .mkv: try Matroska.read(source)
    case .avi: try AVI.read(source)
    case .wmv: try ASF.read(source)
    default: try ISOBaseMedia.read(source, type: .mp4, requiresWhole: false)
    }
}

private let samples: [(MediaType, String)] = [
    (.mp4, "-c:v mpeg4 -c:a aac -f mp4"), (.mp4, "-c:v mpeg4 -movflags faststart -f mov"),
    (.mp4, "-c:v mpeg4 -g 5 -c:a aac -movflags frag_keyframe+empty_moov -f mp4"),
    (.mkv, "-c:v mpeg4 -c:a aac -f matroska"), (.mkv, "-c:v mpeg4 -live 1 -f matroska"),
    (.avi, "-c:v mpeg4 -c:a pcm_s16le -f avi"), (.wmv, "-c:v wmv2 -c:a wmav2 -f asf"),
]

private func repeated(_ bytes: [UInt8], _ count: Int) -> [UInt8] { [[UInt8]](repeating: bytes, count: count).flatMap { $0 } }

/// Boxes within boxes, `depth` of them.
private func nested(_ name: String, _ depth: Int) -> [UInt8] {
    (0..<depth).flatMap { big((depth - $0) * 8) + Array(name.utf8) }
}

@Suite struct VideoHostileTests {
    @Test(arguments: samples) func cutAnywhere(_ type: MediaType, _ arguments: String) throws {
        let bytes = try VideoSample(arguments, size: "64x48", seconds: 1, sound: true).bytes
        for length in 0..<min(bytes.count, 1500) { try attempt(Array(bytes[..<length]), type) }
        for length in stride(from: 1500, to: bytes.count, by: 97) { try attempt(Array(bytes[..<length]), type) }
    }

    /// 3,500 for each of 7 samples. Headers stand in front or at the end, so most changes are made there.
    @Test(arguments: samples) func changedAnywhere(_ type: MediaType, _ arguments: String) throws {
        let sample = try VideoSample(arguments, size: "64x48", seconds: 0.4, sound: true).bytes
        var randomness = Randomness(state: UInt64(sample.count))
        for _ in 0..<3500 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...4, using: &randomness) { change(&bytes, &randomness) }
            try attempt(bytes, type)
        }
    }

    private func change(_ bytes: inout [UInt8], _ randomness: inout Randomness) {
        let front = 0..<min(2000, bytes.count)
        let back = max(0, bytes.count - 3000)..<bytes.count
        let place = Int.random(in: [front, back, bytes.indices].randomElement(using: &randomness)!, using: &randomness)
        switch Int.random(in: 0..<4, using: &randomness) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &randomness)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &randomness)
        case 2: bytes.removeSubrange(place..<min(place + 3, bytes.count))
        default:
            let extreme: UInt8 = [0x00, 0x01, 0x7F, 0x80, 0xFF].randomElement(using: &randomness)!
            for index in place..<min(place + Int.random(in: 1...8, using: &randomness), bytes.count) { bytes[index] = extreme }
        }
    }

    @Test(arguments: VideoCase.table([
        ("a million empty boxes", .mp4, Movie.brand("isom") + repeated(box("free"), 1_000_000)),
        ("a million empty boxes in the movie", .mp4, Movie.file(repeated(box("free"), 1_000_000), Movie.track())),
        ("a million tracks", .mp4, Movie.file(repeated(box("trak"), 1_000_000))),
        ("boxes within boxes", .mp4, Movie.brand("isom") + nested("moov", 100_000)),
        ("tracks within tracks", .mp4, box("moov", nested("trak", 100_000))),
        (
            "a million fragments", .mp4,
            Movie.file(Movie.header(duration: 0), Movie.track(), box("mvex")) + repeated(box("moof"), 1_000_000)
        ),
        (
            "a million runs", .mp4,
            Movie.file(Movie.header(duration: 0), Movie.track(), box("mvex"))
                + box("moof", box("traf", repeated(box("trun", zeros(4), big(-1)), 1_000_000)))
        ),
        (
            "a run of samples without end", .mp4,
            Movie.file(Movie.header(duration: 0), Movie.track(), box("mvex"))
                + repeated(box("moof", box("traf", box("tfdt", zeros(8)), box("trun", big(0xF00) + big(60_000), zeros(960_000)))), 9)
        ),
        ("a million empty elements", .mkv, Document.header() + Document.segment(repeated([0xEC, 0x80], 1_000_000))),
        (
            "a million empty tracks", .mkv,
            Document.header() + Document.segment(Document.tracks(repeated([0xAE, 0x80], 1_000_000)))
        ),
        (
            "a million seek heads", .mkv,
            Document.header() + Document.segment(repeated(Document.seekHead((0x114D_9B74, 0)), 50_000))
        ),
        (
            "a million open clusters", .mkv,
            Document.header() + Document.segment(repeated([0x1F, 0x43, 0xB6, 0x75, 0xFF], 1_000_000))
        ),
        ("a million empty chunks", .avi, chunk("RIFF", Array("AVI ".utf8), repeated(chunk("JUNK"), 1_000_000))),
        ("a million lists", .avi, chunk("RIFF", Array("AVI ".utf8), list("hdrl", repeated(list("strl"), 500_000)))),
        (
            "a million empty objects", .wmv,
            [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C]
                + little(30 + 4_800_000, 8) + zeros(6) + repeated(zeros(16) + little(24, 8), 200_000)
        ),
    ] as [(String, MediaType, [UInt8])]))
    func boundsItsWork(_ example: VideoCase) throws {
        try attempt(example.bytes, example.facts.type)
    }

    @Test(arguments: [MediaType.mp4, .mkv, .avi, .wmv]) func tiny(_ type: MediaType) throws {
        for length in 0..<64 {
            for byte: UInt8 in [0, 1, 0x80, 0xFF] { try attempt([UInt8](repeating: byte, count: length), type) }
        }
    }
}
