import Media
import Testing

@testable import MediaHeader
import Text

private struct MovieCase: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    var type = MediaType.mp4
    var width: Int? = 320
    var height: Int? = 240
    var duration: Double? = 2

    init(
        _ name: String, _ bytes: [UInt8], type: MediaType = .mp4, _ width: Int? = 320, _ height: Int? = 240, _ duration: Double? = 2
    ) {
        testDescription = name
        (self.bytes, self.type, self.width, self.height, self.duration) = (bytes, type, width, height, duration)
    }
}

private func fragment(track: Int = 1, start: Int, run: [UInt8], tfhd: [UInt8] = []) -> [UInt8] {
    let head = tfhd.isEmpty ? box("tfhd", zeros(4), big(track)) : tfhd
    return box("moof", box("traf", head, box("tfdt", zeros(4), big(start)), box("trun", run))) + box("mdat", zeros(9))
}

private let fragmentedHeader = Movie.file(
    Movie.header(duration: 0), Movie.track(), box("mvex", box("trex", zeros(4), big(1), big(1), big(40), zeros(8))))

private let cases: [MovieCase] = [
    MovieCase("as most", Movie.file(Movie.header(), Movie.track())),
    MovieCase(
        "times of 64 bits", Movie.file(Movie.header(duration: 5_000_000_000, isLong: true), Movie.track(isLong: true)), 320, 240, 5e6),
    MovieCase("tracks before the header", Movie.file(Movie.track(), Movie.header())),
    MovieCase("quarter turn", Movie.file(Movie.header(), Movie.track(matrix: Movie.quarter)), 240, 320),
    MovieCase(
        "three quarters", Movie.file(Movie.header(), Movie.track(matrix: Movie.threeQuarters, isLong: true)), 240, 320),
    MovieCase("movie turned", Movie.file(Movie.header(matrix: Movie.quarter), Movie.track()), 240, 320),
    MovieCase(
        "movie turned with 64 bits", Movie.file(Movie.header(matrix: Movie.quarter, isLong: true), Movie.track()), 240, 320),
    MovieCase("both turned", Movie.file(Movie.header(matrix: Movie.quarter), Movie.track(matrix: Movie.threeQuarters))),
    MovieCase(
        "coded pixels rather than shown ones", Movie.file(Movie.header(), Movie.track(size: (427, 240), coded: (320, 240)))),
    MovieCase("shown size when there is no coded one", Movie.file(Movie.header(), Movie.track(coded: (0, 0)))),
    MovieCase("no size", Movie.file(Movie.header(), Movie.track(size: (0, 0))), nil, nil),
    MovieCase("enabled track", Movie.file(Movie.header(), Movie.track(flags: 2, size: (64, 64)), Movie.track())),
    MovieCase(
        "no enabled track", Movie.file(Movie.header(), Movie.track(flags: 0), Movie.track(flags: 0, size: (64, 64)))),
    MovieCase(
        "video behind sound and text", Movie.file(Movie.header(), Movie.track("soun"), Movie.track("text"), Movie.track())),
    MovieCase("no duration", Movie.file(Movie.header(duration: 0), Movie.track()), 320, 240, nil),
    MovieCase("unknown duration", Movie.file(Movie.header(duration: 0xFFFF_FFFF), Movie.track()), 320, 240, nil),
    MovieCase(
        "unknown duration of 64 bits", Movie.file(Movie.header(duration: -1, isLong: true), Movie.track()), 320, 240, nil),
    MovieCase("no time scale", Movie.file(Movie.header(timescale: 0), Movie.track()), 320, 240, nil),
    MovieCase("no movie header", Movie.file(Movie.track()), 320, 240, nil),
    MovieCase(
        "duration of the tracks", Movie.file(Movie.track(duration: 3000), Movie.track("soun", duration: 4000)), 320, 240, 4),
    MovieCase("136 years", Movie.file(Movie.header(timescale: 1, duration: 0xFFFF_FFFE), Movie.track()), 320, 240, nil),
    MovieCase(
        "mehd", Movie.file(Movie.header(duration: 0), Movie.track(), box("mvex", box("mehd", zeros(4), big(7000)))), 320, 240, 7),
    MovieCase(
        "mehd of 64 bits",
        Movie.file(Movie.header(duration: 0), Movie.track(), box("mvex", box("mehd", [1, 0, 0, 0], big(7000, 8)))), 320, 240, 7),
    MovieCase("fragments to come", fragmentedHeader, 320, 240, nil),
    MovieCase(
        "fragments with the movie's sample duration",
        fragmentedHeader + fragment(start: 500, run: zeros(4) + big(25)) + fragment(start: 1500, run: zeros(4) + big(25)), 320, 240, 2),
    MovieCase(
        "fragments with their own sample duration",
        fragmentedHeader
            + fragment(start: 0, run: zeros(4) + big(10), tfhd: box("tfhd", big(0xB), big(1), zeros(12), big(50))), 320, 240, 0.5),
    MovieCase(
        "fragments with a duration for each sample",
        fragmentedHeader
            + fragment(start: 0, run: big(0x305) + big(2) + zeros(8) + big(100) + zeros(4) + big(150) + zeros(4)), 320, 240, 0.25),
    MovieCase(
        "fragments of a foreign track", fragmentedHeader + fragment(track: 9, start: 0, run: zeros(4) + big(25)), 320, 240, nil),
    MovieCase(
        "fragment with an impossible number of samples", fragmentedHeader + fragment(start: 0, run: big(0x100) + big(-1)), 320, 240, nil),
    MovieCase(
        "fragments for ever", fragmentedHeader + (0..<5000).flatMap { fragment(start: $0, run: zeros(4) + big(1)) }, 320, 240, nil),
    MovieCase("M4V", Movie.brand("M4V ") + box("moov", Movie.header(), Movie.track()), type: .m4v),
    MovieCase("M4VH", Movie.brand("M4VH") + box("moov", Movie.header(), Movie.track()), type: .m4v),
    MovieCase("M4VP", Movie.brand("M4VP") + box("moov", Movie.header(), Movie.track()), type: .m4v),
    MovieCase("QuickTime", Movie.brand("qt  ") + box("moov", Movie.header(), Movie.track()), type: .mov),
    MovieCase("3GPP", Movie.brand("3gp5") + box("moov", Movie.header(), Movie.track())),
    MovieCase("QuickTime without brands", box("moov", Movie.header(), Movie.track()), type: .mov),
    MovieCase(
        "QuickTime that begins with wide", box("wide") + box("mdat", zeros(99)) + box("moov", Movie.header(), Movie.track()), type: .mov),
    MovieCase(
        "QuickTime that begins with data", box("mdat", zeros(99)) + box("moov", Movie.header(), Movie.track()), type: .mov),
    MovieCase("QuickTime that begins with free", box("free") + box("moov", Movie.header(), Movie.track()), type: .mov),
    MovieCase("QuickTime with a deflated header", box("moov", box("cmov", zeros(20))), type: .mov, nil, nil, nil),
    MovieCase("list that ends with a zero", Movie.file(Movie.header(), Movie.track(), box("udta", zeros(4)), zeros(4))),
    MovieCase(
        "movie box to the end", Movie.brand("isom") + zeros(4) + Array("moov".utf8) + Movie.header() + Movie.track()),
]

@Suite struct VideoISOBaseMediaTests {
    @Test(arguments: cases) private func reads(_ example: MovieCase) throws {
        let facts = try MediaHeader.read(MemorySource(example.bytes))
        let expected = MediaFacts(type: example.type, width: example.width, height: example.height, duration: example.duration)
        #expect(facts == expected)
    }

    /// The data of 5 GB are never read, and nothing counts them in 32 bits.
    @Test func movieBehindGigabytes() throws {
        let data = big(1) + Array("mdat".utf8) + big(5_000_000_000, 8)
        let brand = Movie.brand("mp42")
        let moov = box("moov", Movie.header(), Movie.track())
        let start = brand.count + 5_000_000_000
        let source = SparseSource(size: start + moov.count, pieces: [(0, brand + data), (start, moov)])
        let facts = try MediaHeader.read(source)
        #expect(facts == MediaFacts(type: .mp4, width: 320, height: 240, duration: 2))
    }

    @Test(arguments: VideoCase.table([
        ("no movie", Movie.brand("isom") + box("mdat", zeros(100))),
        ("brands alone", Movie.brand("isom")),
        ("empty movie", Movie.file()),
        ("no video", Movie.file(Movie.header(), Movie.track("soun"))),
        ("box of 7 bytes", Movie.file(Movie.header(), big(7) + Array("trak".utf8))),
        ("box of 2 bytes first", Movie.brand("isom") + big(2) + Array("free".utf8) + zeros(40)),
        ("64-bit size of 0", Movie.brand("isom") + big(1) + Array("free".utf8) + zeros(40)),
        ("64-bit size of 15", Movie.brand("isom") + big(1) + Array("free".utf8) + big(15, 8) + zeros(40)),
        ("64-bit size over 63 bits", Movie.brand("isom") + big(1) + Array("mdat".utf8) + big(-1, 8) + zeros(40)),
        ("data cut off", Movie.file(Movie.header(), Movie.track()) + big(9_999_999) + Array("mdat".utf8) + zeros(20)),
        ("data cut off before the movie", Movie.brand("isom") + big(2_000) + Array("mdat".utf8) + Movie.file(Movie.header(), Movie.track())),
        ("child larger than its parent", Movie.file(Movie.header(), Movie.track(), big(4000) + Array("udta".utf8))),
        ("short track header", Movie.file(Movie.header(), box("trak", box("tkhd", zeros(30))))),
        ("short movie header", Movie.file(box("mvhd", zeros(10)), Movie.track())),
        ("empty handler", Movie.file(Movie.header(), box("trak", box("mdia", box("hdlr"))))),
    ] as [(String, [UInt8])]))
    func refuses(_ example: VideoCase) {
        #expect { try MediaHeader.read(MemorySource(example.bytes)) } throws: { ($0 as? MediaRefusal)?.reason == .damaged }
    }

    /// What lies in the tree of an imported site gets its facts whatever became of its end.
    @Test func aGlanceAsksForNoEnd() throws {
        let cut = Movie.file(Movie.header(), Movie.track()) + big(9_999_999) + Array("mdat".utf8) + zeros(20)
        #expect(try MediaHeader.glance(MemorySource(cut)).width == 320)
    }

    @Test func aWholeFileOfManyBoxesPasses() throws {
        let free = (0..<5_000).flatMap { _ in box("free") }
        let bytes = Movie.file(Movie.header(), Movie.track()) + free + box("mdat", zeros(9))
        #expect(try MediaHeader.read(MemorySource(bytes)).width == 320)
    }
}
