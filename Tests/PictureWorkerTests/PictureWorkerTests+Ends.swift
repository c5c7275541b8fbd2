// How workers end, and whose fault that is said to be.

import Disk
import Glibc
import Media
import TestSupport
import Testing
@testable import PictureWorker

extension PictureWorkerTests {
    /// Programs in the worker's place, and what they are taken for.
    static let ends: [(script: String, says: String, status: Int)] = [
        ("kill -SEGV $$", "Invalid file type", 400), ("kill -XCPU $$", "Invalid file type", 400),
        ("exit 1", "Invalid file type", 400), ("echo hello", "Invalid file type", 400), ("exit 70", "Invalid file type", 400),
        ("exit 71", "Too many pixels", 400), ("exit 72", "Upload failed", 500), ("exit 73", "Upload failed", 500),
        ("exit 74", "Upload failed", 500),
        ("exit 127", "Upload failed", 500), ("sleep 1000", "Invalid file type", 400),
        ("kill -ABRT $$", "Invalid file type", 400), ("kill -FPE $$", "Invalid file type", 400), ("kill -BUS $$", "Invalid file type", 400),
        ("kill -SYS $$", "Invalid file type", 400), ("kill -ILL $$", "Invalid file type", 400),
        // From outside: memory ran out, the service stops.
        ("kill -KILL $$", "Server busy", 503), ("kill -TERM $$", "Server busy", 503), ("kill -HUP $$", "Server busy", 503),
        ("kill -INT $$", "Server busy", 503), ("exit 75", "Insufficient storage", 507), ("exit 76", "Server busy", 503),
        ("exit 77", "Server busy", 503),
        ("echo 'picture: error while loading shared libraries: x.so: cannot map: Cannot allocate memory'; exit 127", "Server busy", 503),
    ]

    @Test(arguments: ends.indices) func endOfAWorker(_ row: Int) {
        let (script, says, status) = Self.ends[row]
        let found = #expect(throws: PictureFailure.self) {
            _ = try worker(scratch.script(script), deadline: script.hasPrefix("sleep") ? 0.5 : 120).inspectSVG(opened([0]))
        }
        #expect(found?.says == says && found?.status == status)
    }

    @Test func machinesFaultIsNoPicturesFault() {
        for (script, isTheMachines) in [("kill -KILL $$", true), ("exit 75", true), ("exit 76", true), ("kill -TERM $$", false), ("kill -SEGV $$", false),
                                         ("exit 72", false)] {
            let found = #expect(throws: PictureFailure.self) { _ = try worker(scratch.script(script)).inspectSVG(opened([0])) }
            #expect(found?.isTheMachinesFault == isTheMachines && (found?.isThePicturesFault == true) == (script == "kill -SEGV $$"))
        }
    }

    /// No picture can be why a process does not start: it never rests for that.
    @Test(arguments: [EAGAIN, ENFILE, ENOMEM]) func processThatDoesNotStartIsNoPicturesDoing(_ code: Int32) {
        let failure = PictureFailure(SpawnError(operation: "start", code: code))
        #expect(failure.status == 503 && failure.retryAfter == 5 && !failure.isTheMachinesFault && !failure.isThePicturesFault)
    }

    /// Every write to that device fails with ENOSPC (full(4)).
    @Test func fullDiskIsTold() throws {
        let source = opened(Sample.bmp(60, 40))
        let full = scratch.open("/dev/full", O_RDWR)
        let facts = MediaFacts(type: .bmp, width: 60, height: 40)
        for type in [MediaType.png, .jpeg, .gif, .webp, .bmp] {
            let found = #expect(throws: PictureFailure.self) {
                try worker().convert(source, from: facts, to: version(type, facts), into: full)
            }
            #expect(found?.status == 507 && found?.isThePicturesFault == false)
        }
        let found = #expect(throws: PictureFailure.self) {
            try worker().thumbnail(of: source, facts: facts, geometry: whole(60, 40), quality: 90, into: full)
        }
        #expect(found?.status == 507)
    }

    /// The same file is damaged where there is memory, and is not called so where there is none.
    @Test func memoryThatTheMachineLacksIsTold() throws {
        let (bytes, facts) = (Sample.pngHeader(5000, 5000), MediaFacts(type: .png, width: 5000, height: 5000))
        #expect(failure(bytes, facts)?.isThePicturesFault == true)
        let poor = worker(scratch.script("ulimit -d 100000; exec \(pictureExecutable) \"$@\""))
        let found = #expect(throws: PictureFailure.self) {
            try poor.thumbnail(of: opened(bytes), facts: facts, geometry: whole(5000, 5000), quality: 90, into: target())
        }
        #expect(found?.status == 503 && found?.isTheMachinesFault == true)
    }

    @Test func missingExecutableIsBroken() {
        let found = #expect(throws: PictureFailure.self) { try worker("/nonexistent").selfTest() }
        #expect(found?.status == 500)
    }

    @Test func crashInTheSelfTestIsNoPicturesFault() {
        let found = #expect(throws: PictureFailure.self) { try worker(scratch.script("kill -ABRT $$")).selfTest() }
        #expect(found?.status == 500)
    }

    @Test func logLineHoldsNoControls() {
        let found = #expect(throws: PictureFailure.self) {
            _ = try worker(scratch.script(#"printf 'a\033[31m\001b\nsecond'; exit 70"#)).inspectSVG(opened([0]))
        }
        #expect(found?.because == "svg: a[31mb")
    }
}
