import Media
import Testing

@testable import MediaHeader
import Text

private func patched(_ bytes: [UInt8], _ type: MediaType = .mp4) throws -> [UInt8] {
    var bytes = bytes
    for patch in try VideoMetadata.patches(of: MemorySource(bytes), type) {
        let written = patch.replacement + zeros(patch.length - patch.replacement.count)
        bytes.replaceSubrange(patch.offset..<patch.offset + patch.length, with: written)
    }
    return bytes
}

private func holds(_ bytes: [UInt8], _ text: String) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: text.utf8) }
}

private let place = "+48.8577+002.2950/"

@Suite struct VideoMetadataTests {
    /// The place is gone, and what plays is what played before.
    @Test(arguments: [
        "-f mov", "-f mp4", "-movflags faststart -f mov", "-movflags use_metadata_tags -f mov",
        "-movflags use_metadata_tags+faststart -f mp4", "-f ipod", "-f 3gp",
    ])
    func blanksPlaces(_ format: String) throws {
        let arguments = "-c:v mpeg4 -metadata location=\(place) -metadata title=secret \(format)"
        let sample = try VideoSample(arguments, size: "176x144", seconds: 1).bytes
        #expect(holds(sample, "secret"))
        let clean = try patched(sample)
        #expect(!holds(clean, "secret") && !holds(clean, "+48.8577"))
        #expect(clean.count == sample.count)
        #expect(try MediaHeader.read(MemorySource(clean)) == MediaHeader.read(MemorySource(sample)))
        #expect(try shownFrames(of: clean) == shownFrames(of: sample))
        #expect(try VideoMetadata.blankLocations(MemorySource(clean)).isEmpty)
    }

    /// Title, artist, programs and date are gone from every other container; nothing moves, and what plays is what played before.
    @Test(arguments: [
        ("-c:v libvpx -f webm", MediaType.webm), ("-c:v libvpx -live 1 -f webm", .webm), ("-c:v mpeg4 -f matroska", .mkv),
        ("-c:v mpeg4 -f avi", .avi), ("-c:v wmv2 -f asf", .wmv),
    ])
    func blanksOtherContainers(_ format: String, _ type: MediaType) throws {
        let arguments = "-metadata title=secret -metadata artist=secret -metadata comment=secret -metadata:s:v:0 title=secret \(format)"
        let sample = try VideoSample(arguments, size: "176x144", seconds: 1).bytes
        let wide = "secret".map { "\($0)\0" }.joined()
        #expect(holds(sample, "secret") || holds(sample, wide))
        let clean = try patched(sample, type)
        #expect(clean.count == sample.count)
        for text in ["secret", wide, "Lavf"] { #expect(!holds(clean, text)) }
        #expect(try MediaHeader.read(MemorySource(clean)) == MediaHeader.read(MemorySource(sample)))
        #expect(try shownFrames(of: clean) == shownFrames(of: sample))
        #expect(try VideoMetadata.patches(of: MemorySource(clean), type).isEmpty)
    }

    @Test func blanksTracksAndXMP() throws {
        let xmp: [UInt8] = [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC]
        let text = Array(place.utf8)
        let movie = Movie.file(
            Movie.header(), Movie.track(), box("trak", box("udta", text), box("meta", text)), box("meta", text), box("udta"),
            box("uuid", xmp, text), box("uuid", zeros(16), Array("stays".utf8)))
            + box("uuid", xmp, text) + box("meta", text) + box("mdat", text)
        let clean = try patched(movie)
        let data = box("mdat", text)
        #expect(Array(clean.suffix(data.count)) == data)
        #expect(!holds(Array(clean.dropLast(data.count)), place))
        #expect(holds(clean, "stays"))
        #expect(try MediaHeader.read(MemorySource(clean)) == MediaHeader.read(MemorySource(movie)))
    }

    /// As a copy of the file it is the same bytes, in pieces.
    @Test func copies() throws {
        let movie = Movie.file(Movie.header(), Movie.track(), box("udta", Array(place.utf8))) + box("mdat", zeros(70_000))
        var copy: [UInt8] = []
        let plan = try StrippingPlan.video(ByteReader(MemorySource(movie)), .mp4)
        try plan.write(ByteReader(MemorySource(movie))) { copy += $0 }
        #expect(plan.changes)
        #expect(copy == (try patched(movie)))
        #expect(try !StrippingPlan.video(ByteReader(MemorySource(copy)), .mp4).changes)
    }
}
