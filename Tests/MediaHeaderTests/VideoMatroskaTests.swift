import Media
import Testing

@testable import MediaHeader
import Text

private let mkv = MediaFacts(type: .mkv, width: 320, height: 240, duration: 2)
private let undated = MediaFacts(type: .mkv, width: 320, height: 240)
private let cluster = element(0x1F43_B675, element(0xE7, [0]), element(0xA3, zeros(300)))
private let liveCluster = element(0x1F43_B675, unknownSize: true, element(0xE7, [0]), element(0xA3, zeros(300)))
private let (info, tracks) = (Document.info(2), Document.tracks(Document.track()))
private let (infoName, tracksName, seekName) = (0x1549_A966, 0x1654_AE6B, 0x114D_9B74)

private func video(_ more: [UInt8]) -> [UInt8] { Document.tracks(Document.track(1, 320, 240, enabled: 1, more)) }
private func rolled(_ degrees: Float) -> [UInt8] {
    Document.header() + Document.segment(info, video(element(0x7670, element(0x7675, big(Int(degrees.bitPattern))))))
}

@Suite struct VideoMatroskaTests {
    @Test(arguments: VideoCase.table([
        ("as most", Document.header() + Document.segment(info, tracks, cluster), mkv),
        ("tracks first", Document.header() + Document.segment(tracks, info, cluster), mkv),
        (
            "filler between header and segment",
            Document.header() + element(0xEC, zeros(50)) + Document.segment(info, tracks), mkv
        ),
        (
            "segment of unknown size",
            Document.header() + Document.segment(unknownSize: true, info, tracks, liveCluster), mkv
        ),
        ("head behind clusters", Document.header() + Document.segment(cluster, cluster, info, tracks), mkv),
        (
            "head behind live clusters",
            Document.header() + Document.segment(unknownSize: true, liveCluster, liveCluster, info, tracks), mkv
        ),
        ("segment cut off", Array((Document.header() + Document.segment(info, tracks, cluster)).dropLast(100)), mkv),
        ("no duration", Document.header() + Document.segment(element(0x1549_A966), tracks, cluster), undated),
        ("no info", Document.header() + Document.segment(tracks, cluster, cluster), undated),
        ("no info, cut within a cluster's head", Document.header() + Document.segment(tracks) + [0x1F, 0x43], undated),
        ("no info, then nonsense", Document.header() + Document.segment(tracks, zeros(64)), undated),
        (
            "no info, clusters for ever",
            Document.header() + Document.segment(tracks, [[UInt8]](repeating: [0xEC, 0x80], count: 9000).flatMap { $0 }), undated
        ),
        (
            "duration not a number",
            Document.header() + Document.segment(element(infoName, Document.duration(.nan)), tracks), undated
        ),
        (
            "duration infinite",
            Document.header() + Document.segment(element(infoName, Document.duration(.infinity)), tracks), undated
        ),
        (
            "duration negative",
            Document.header() + Document.segment(element(infoName, Document.duration(-5)), tracks), undated
        ),
        (
            "duration of no bytes",
            Document.header() + Document.segment(element(infoName, element(0x4489)), tracks), undated
        ),
        (
            "duration of 4 bytes, other scale",
            Document.header() + Document.segment(
                element(infoName, element(0x4489, big(Int(Float(20).bitPattern))), element(0x2A_D7B1, big(100_000_000))), tracks),
            mkv
        ),
        (
            "scale of 0",
            Document.header() + Document.segment(element(infoName, Document.duration(5), element(0x2A_D7B1, [0])), tracks), undated
        ),
        (
            "enabled track",
            Document.header() + Document.segment(info, Document.tracks(Document.track(1, 64, 64, enabled: 0), Document.track())), mkv
        ),
        (
            "sound first",
            Document.header() + Document.segment(info, Document.tracks(Document.track(2, 64, 64), Document.track())), mkv
        ),
        (
            "display size is another matter",
            Document.header() + Document.segment(info, video(element(0x54B0, big(999, 2)))), mkv
        ),
        (
            "size over 16 bits",
            Document.header() + Document.segment(info, Document.tracks(Document.track(1, 320, 100_000))), MediaFacts(type: .mkv, duration: 2)
        ),
        ("rolled by 90", rolled(90), MediaFacts(type: .mkv, width: 240, height: 320, duration: 2)),
        ("rolled by -90", rolled(-90), MediaFacts(type: .mkv, width: 240, height: 320, duration: 2)),
        ("rolled by 180", rolled(180), mkv),
        ("rolled by not a number", rolled(.nan), mkv),
        (
            "webm",
            Document.header("webm") + Document.segment(info, tracks), MediaFacts(type: .webm, width: 320, height: 240, duration: 2)
        ),
        (
            "webm with filling zeros",
            Document.header("webm\0\0") + Document.segment(info, tracks), MediaFacts(type: .webm, width: 320, height: 240, duration: 2)
        ),
        (
            "seek head to nowhere",
            Document.header() + Document.segment(Document.seekHead((infoName, 1 << 60), (tracksName, 3), (tracksName, -1)), cluster, info, tracks), mkv
        ),
    ] as [(String, [UInt8], MediaFacts)]))
    func reads(_ example: VideoCase) throws {
        #expect(try MediaHeader.read(MemorySource(example.bytes)) == example.facts)
    }

    private func live(_ clusters: [UInt8]...) -> [UInt8] {
        Document.header() + Document.segment(unknownSize: true, element(0x1549_A966), tracks, Array(clusters.joined()))
    }

    private func recorded(at time: Int, _ blocks: [UInt8]..., isLive: Bool = true) -> [UInt8] {
        element(0x1F43_B675, unknownSize: isLive, element(0xE7, big(time, 4)), Array(blocks.joined()))
    }

    private func block(_ time: Int, _ data: [UInt8] = zeros(300)) -> [UInt8] {
        let head: [UInt8] = [0x81] + big(time, 2) + [0x80]
        return element(0xA3, head + data)
    }

    /// Times are milliseconds.
    @Test func durationOfALiveRecordingIsTheTimeOfItsLastBlock() throws {
        let inner: [UInt8] = [0x81] + big(900, 2) + zeros(21)
        let group = element(0xA0, element(0xA1, inner), element(0x9B, [40]))
        let first = recorded(at: 0, block(0), block(500))
        let second = recorded(at: 5_000, block(0), block(1_250))
        let large = zeros(9_000)
        let falseName: [UInt8] = big(0x1F43_B675) + zeros(90)
        func check(_ name: String, _ bytes: [UInt8], _ seconds: Double?) throws {
            #expect(try MediaHeader.read(MemorySource(bytes)).duration == seconds, "\(name)")
        }
        try check("of unknown size", live(first, second), 6.25)
        try check("of known size", live(first, recorded(at: 5_000, block(0), block(1_250), isLive: false)), 6.25)
        try check("in a group", live(first, recorded(at: 7_000, block(30), group)), 7.9)
        try check("out of order", live(first, recorded(at: 7_000, block(80), block(40))), 7.08)
        try check("larger than a step", live(recorded(at: 3_000, block(0, large), block(10, large))), 3.01)
        try check("cut within a block", Array(live(first, second).dropLast(100)), 6.25)
        try check("its name within a picture", live(recorded(at: 3_000, block(7, falseName))), 3.007)
        try check("no cluster", live(), nil)
        try check("at 0", live(recorded(at: 0, block(0))), nil)
    }

    /// Of gigabytes only the end is read.
    @Test func lastBlockOfGigabytes() throws {
        let head = Document.header() + Document.segment(unknownSize: true, element(0x1549_A966), tracks)
        let begun = element(0x1F43_B675, unknownSize: true, element(0xE7, [0]))
        let tail = recorded(at: 3_600_000, block(20))
        let size = 6_000_000_000
        let source = SparseSource(size: size, pieces: [(0, head + begun), (size - tail.count, tail)])
        #expect(try MediaHeader.read(source).duration == 3_600.02)
    }

    /// Info and Tracks stand at the end of 6 GB of one cluster after another, and a second seek head names them.
    @Test func seekHeadAcrossGigabytes() throws {
        let end = 6_000_000_000
        let header = Document.header()
        let first = Document.seekHead((seekName, end))
        let clusters = (0..<5000).flatMap { _ in cluster }
        let second = Document.seekHead((infoName, end + 1000), (tracksName, end + 2000), (seekName, end))
        let segment = big(0x1853_8067) + [0x01] + big(end + 3000, 7)
        let payload = header.count + segment.count
        let source = SparseSource(
            size: payload + end + 3000,
            pieces: [
                (0, header + segment + first + clusters), (payload + end, second), (payload + end + 1000, info),
                (payload + end + 2000, tracks),
            ])
        #expect(try MediaHeader.read(source) == mkv)
    }

    @Test(arguments: VideoCase.table([
        ("header alone", Document.header()),
        ("another document type", Document.header("x") + Document.segment(info, tracks)),
        ("no document type", element(0x1A45_DFA3) + Document.segment(info, tracks)),
        ("empty segment", Document.header() + Document.segment()),
        ("no tracks", Document.header() + Document.segment(info, cluster)),
        ("no video", Document.header() + Document.segment(info, Document.tracks(Document.track(2)))),
        (
            "tracks of unknown size",
            Document.header() + Document.segment(info, element(tracksName, unknownSize: true, Document.track()))
        ),
        (
            "track larger than tracks",
            Document.header() + Document.segment(info, element(tracksName, [0xAE, 0xBF, 0x83]))
        ),
        ("identifier of 5 bytes", Document.header() + Document.segment([0x08, 0, 0, 0, 0, 0x80])),
        ("size of 9 bytes", Document.header() + Document.segment([0xEC, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
        (
            "number of 9 bytes",
            Document.header() + Document.segment(Document.tracks(element(0xAE, element(0x83, zeros(9)))))
        ),
        (
            "float of 3 bytes",
            Document.header() + Document.segment(element(infoName, element(0x4489, zeros(3))), tracks)
        ),
        ("seek heads in a ring", Document.header() + Document.segment(Document.seekHead((seekName, 0)), cluster)),
    ] as [(String, [UInt8])]))
    func refuses(_ example: VideoCase) {
        #expect { try MediaHeader.read(MemorySource(example.bytes)) } throws: { ($0 as? MediaRefusal)?.reason == .damaged }
    }
}
