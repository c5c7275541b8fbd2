// The real worker on pictures that are drawn here, good and hostile; and what becomes of its ends.

import Disk
import Glibc
import Media
import TestSupport
import Testing
@testable import PictureWorker

@Suite struct PictureWorkerTests {
    let scratch = TemporaryFolder()

    func worker(_ executable: String = pictureExecutable, deadline: Double = 120) -> PictureWorker {
        PictureWorker(executable: executable, runFolder: scratch.path, slots: 2, deadline: deadline)
    }

    func opened(_ bytes: [UInt8]) -> Int32 {
        scratch.open(scratch.write(bytes, as: "source"), O_RDONLY)
    }

    func target(_ name: String = "target") -> Int32 {
        scratch.open("\(scratch.path)/\(name)", O_RDWR | O_CREAT | O_TRUNC)
    }

    private func converted(_ bytes: [UInt8], _ facts: MediaFacts, to type: MediaType) throws -> [UInt8] {
        try worker().convert(opened(bytes), from: facts, to: version(type, facts), into: target("converted"))
        return scratch.read("converted")
    }

    func version(_ type: MediaType, _ facts: MediaFacts) -> PictureVersion {
        PictureVersion(type: type, quality: 80, width: facts.width!, height: facts.height!)
    }

    func whole(_ width: Int, _ height: Int, to size: Int = 16) -> ThumbnailGeometry {
        ThumbnailGeometry(
            cut: .init(left: 0, top: 0, width: width, height: height), scaled: .init(left: 0, top: 0, width: size, height: size),
            width: size, height: size)
    }

    func failure(_ bytes: [UInt8], _ facts: MediaFacts, deadline: Double = 120) -> PictureFailure? {
        #expect(throws: PictureFailure.self) {
            try worker(deadline: deadline).thumbnail(
                of: opened(bytes), facts: facts, geometry: whole(facts.width!, facts.height!), quality: 90,
                into: target())
        }
    }

    @Test func selfTestPasses() throws {
        let layers = try worker().selfTest()
        #expect(layers.isMemoryHidden && layers.hasNoNewPrivileges)
        #expect(scratch.read("policy/policy.xml") == Array(Policy.text.utf8))
    }

    @Test func damagedPolicyIsReplaced() throws {
        try worker().selfTest()
        scratch.write(Array("<policymap>".utf8), as: "policy/policy.xml")
        try worker().selfTest()
        #expect(scratch.read("policy/policy.xml") == Array(Policy.text.utf8))
    }

    @Test func losesFaithWithoutItsPolicy() throws {
        let worker = worker()
        try worker.selfTest()
        unlink("\(scratch.path)/policy/policy.xml")
        let failure = #expect(throws: PictureFailure.self) { try worker.selfTest() }
        #expect(failure?.status == 500)
    }

    @Test func whatBecomesOfJobsIsTold() throws {
        nonisolated(unsafe) var told: [PictureOutcome] = []
        nonisolated(unsafe) var waits: [Int] = []
        let worker = PictureWorker(executable: pictureExecutable, runFolder: scratch.path, slots: 2, deadline: 120, observe: {
            switch $0 {
            case .ended(let outcome): told.append(outcome)
            case .waited(let microseconds): waits.append(microseconds)
            }
        })
        try worker.selfTest()
        #expect(told.isEmpty)
        let facts = MediaFacts(type: .bmp, width: 60, height: 40)
        try worker.convert(opened(Sample.bmp(60, 40)), from: facts, to: version(.png, facts), into: target())
        let script = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>".utf8)
        #expect(throws: PictureFailure.self) { try worker.inspectSVG(opened(script)) }
        #expect(told == [.done, .refused])
        #expect(waits.count == 3 && waits.allSatisfy { $0 >= 0 })
    }

    @Test func whoHasASlotAndWhoWaits() throws {
        let worker = worker()
        #expect(try worker.queue().slots == 2 && worker.queue().busy == 0 && worker.queue().waiting == [])
        let slots = try Folder(scratch.path + "/slots")
        let locks = try ["1", "front-viewing"].map { try slots.lock($0, waits: false) }
        try withExtendedLifetime(locks) {
            let queue = try worker.queue()
            #expect(queue.busy == 1 && queue.waiting == [.viewing])
        }
    }

    static let signatures: [(type: MediaType, start: [UInt8])] = [
        (.png, [0x89, 0x50, 0x4E, 0x47]), (.jpeg, [0xFF, 0xD8, 0xFF]), (.webp, Array("RIFF".utf8)), (.gif, Array("GIF8".utf8)),
    ]

    @Test(arguments: signatures.indices) func convertsAndShrinksEveryType(_ row: Int) throws {
        let (type, start) = Self.signatures[row]
        let bytes = try converted(Sample.bmp(60, 40), MediaFacts(type: .bmp, width: 60, height: 40), to: type)
        #expect(bytes.starts(with: start))
        let facts = MediaFacts(type: type, width: 60, height: 40)
        try worker().thumbnail(
            of: opened(bytes), facts: facts, geometry: whole(60, 40), quality: 90, into: target())
        #expect(scratch.read("target").starts(with: start))
    }

    @Test func turnedPictureIsUpright() throws {
        let jpeg = try converted(Sample.bmp(60, 40), MediaFacts(type: .bmp, width: 60, height: 40), to: .jpeg)
        let turned = MediaFacts(type: .jpeg, storedWidth: 60, storedHeight: 40, orientation: 6)
        try worker().convert(opened(jpeg), from: turned, to: version(.bmp, turned), into: target())
        let bmp = scratch.read("target")
        #expect(bmp[18] == 40 && bmp[22] == 60)
        // Turned clockwise by 90 degrees, the left end of the stored bottom row comes to lie at the top left: no red, most green.
        let row = (40 * 3 + 3) / 4 * 4
        let first = bmp.count - row
        #expect(bmp[first + 1] > 200 && bmp[first + 2] < 60)
    }

    @Test func markThatIsNoneIsNotThePicturesFault() throws {
        let source = opened(Sample.bmp(60, 40))
        scratch.write(Array("no font, no picture".utf8), as: "mark")
        let file = try File(at: "\(scratch.path)/mark")
        let claims = PictureClaims(MediaFacts(type: .png, width: 3, height: 3))!
        let ink = MarkInk(red: 1, green: 2, blue: 3, opacity: 1000, size: 20)!
        for mark in [OpenMark(file, claims, at: MarkPlace(1)!), try OpenMark(["x"], ink, at: MarkPlace(1)!, font: file)] {
            let facts = MediaFacts(type: .bmp, width: 60, height: 40)
            var version = version(.png, facts)
            version.mark = mark.mark
            let found = #expect(throws: PictureFailure.self) {
                try worker().convert(source, from: facts, to: version, with: mark, into: target())
            }
            #expect(found?.status == 500 && found?.isThePicturesFault == false)
            guard case .badMark = found else { Issue.record("\(String(describing: found))"); continue }
        }
        #expect(scratch.read("target").isEmpty)
    }

    @Test func markWithoutRoomIsNotMade() throws {
        let facts = MediaFacts(type: .bmp, width: 60, height: 40)
        scratch.write(Sample.bmp(61, 10), as: "mark")
        let mark = OpenMark(try File(at: "\(scratch.path)/mark"), PictureClaims(MediaFacts(type: .bmp, width: 61, height: 10))!, at: MarkPlace(1)!)
        #expect(try worker().measure(mark) == (61, 10))
        var version = version(.png, facts)
        (version.mark, version.isWantedUnmarked) = (mark.mark, false)
        try worker().convert(opened(Sample.bmp(60, 40)), from: facts, to: version, with: mark, into: target())
        #expect(scratch.read("target").isEmpty)
    }

    static let hostile: [(bytes: [UInt8], facts: MediaFacts, status: Int)] = [
        (Sample.pngHeader(50_000, 50_000), MediaFacts(type: .png, width: 50_000, height: 50_000), 400),
        (Sample.pngHeader(100, 100), MediaFacts(type: .png, width: 100, height: 99), 400),
        (Sample.webp(16_383, 16_383), MediaFacts(type: .webp, width: 16_383, height: 16_383), 400),
        (Sample.bmp(10, 10), MediaFacts(type: .png, width: 10, height: 10), 400),
        (Array("%PDF-1.4".utf8), MediaFacts(type: .jpeg, width: 10, height: 10), 400),
        (Array("push graphic-context\nimage over 0,0 0,0 'label:x'\n".utf8), MediaFacts(type: .png, width: 10, height: 10), 400),
        (Array("8BPS\0\u{1}".utf8) + [UInt8](repeating: 0, count: 100), MediaFacts(type: .png, width: 10, height: 10), 400),
        ([0], MediaFacts(type: .gif, width: 10, height: 10), 400),
        ([], MediaFacts(type: .gif, width: 10, height: 10), 400),
    ]

    @Test(arguments: hostile.indices) func hostilePictureIsRefusedAtOnce(_ row: Int) {
        let (bytes, facts, status) = Self.hostile[row]
        let found = failure(bytes, facts)
        #expect(found?.status == status)
        if case .timedOut = found { Issue.record("decoded until its time was over: \(found!)") }
        #expect(scratch.read("target").isEmpty)
    }

    @Test func manyScansEndAtTheDeadline() {
        let bytes = Sample.progressiveJPEG(7000, 7000, scans: 2500)
        let found = failure(bytes, MediaFacts(type: .jpeg, width: 7000, height: 7000), deadline: 1)
        #expect(found?.says == "Invalid file type")
        guard case .timedOut = found else { Issue.record("\(String(describing: found))"); return }
    }

    @Test func vectorGraphics() throws {
        let good = Array(#"<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"/>"#.utf8)
        #expect(try worker().inspectSVG(opened(good)) == (3, 4))
        let bad = Array("<svg><script/></svg>".utf8)
        let found = #expect(throws: PictureFailure.self) { _ = try worker().inspectSVG(opened(bad)) }
        #expect(found?.says == "Invalid file type" && found?.because.contains("script") == true)
    }

    @Test func smallestBudgetStillMakesThumbnails() throws {
        let tight = PictureWorker(executable: pictureExecutable, runFolder: scratch.path, slots: 2, deadline: 120, memory: { 1 })
        try tight.thumbnail(of: opened(Sample.bmp(60, 40)), facts: MediaFacts(type: .bmp, width: 60, height: 40), geometry: whole(60, 40),
                            quality: 90, into: target())
        #expect(throws: PictureFailure.self) {
            try tight.thumbnail(of: opened(Sample.bmp(60, 40)), facts: MediaFacts(type: .bmp, width: 6000, height: 4000),
                                geometry: whole(6000, 4000), quality: 90, into: target())
        }
    }

    @Test func resultThatIsTooLargeToBeWantedIsNotWritten() throws {
        let source = opened(Sample.bmp(60, 40))
        let facts = MediaFacts(type: .bmp, width: 60, height: 40)
        for type in [MediaType.png, .jpeg, .gif, .webp] {
            var version = version(type, facts)
            for (limit, isWritten) in [(20, false), (100_000, true)] {
                version.sizeLimit = limit
                try worker().convert(source, from: facts, to: version, into: target())
                #expect(scratch.read("target").isEmpty == !isWritten)
            }
        }
    }

    /// A megabyte of it behind the last pixel inflates to a gigabyte; what stands behind the end does no harm.
    @Test func dataBehindThePixelsIsNotRead() throws {
        let facts = MediaFacts(type: .bmp, width: 8, height: 8)
        let good = try converted(Sample.bmp(8, 8), facts, to: .png)
        let shape = MediaFacts(type: .png, width: 8, height: 8)
        try worker().thumbnail(of: opened(good + Array("behind".utf8)), facts: shape, geometry: whole(8, 8), quality: 90, into: target())
        let junk = [UInt8](repeating: 0, count: 1 << 20)
        let bomb = Array(good.dropLast(12)) + Sample.big(junk.count, 4) + Array("IDAT".utf8) + junk
        #expect(failure(bomb, shape)?.isThePicturesFault == true)
        try worker().thumbnail(of: opened(Sample.bmp(8, 8) + [1, 2, 3]), facts: facts, geometry: whole(8, 8), quality: 90, into: target())
    }
}
