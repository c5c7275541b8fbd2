// The worker that is started ahead of its thumbnail. That it is confined as any other: Tests/Wire/test_confinement.py.

import Disk
import Glibc
import Media
import TestSupport
import Testing
@testable import PictureWorker

@Suite struct WaitingChildTests {
    private let scratch = TemporaryFolder()
    private let facts = MediaFacts(type: .bmp, width: 60, height: 40)

    private func worker(_ executable: String = pictureExecutable, memory: Int = 1 << 30) -> PictureWorker {
        PictureWorker(executable: executable, runFolder: scratch.path, slots: 2, deadline: 120, memory: { memory })
    }

    private func thumbnail(by worker: PictureWorker) throws -> [UInt8] {
        let whole = ThumbnailGeometry.Rectangle(left: 0, top: 0, width: 60, height: 40)
        let geometry = ThumbnailGeometry(cut: whole, scaled: .init(left: 0, top: 0, width: 30, height: 20), width: 30, height: 20)
        let source = scratch.open(scratch.write(Sample.bmp(60, 40), as: "source"), O_RDONLY)
        let target = scratch.open("\(scratch.path)/target", O_RDWR | O_CREAT | O_TRUNC)
        try worker.thumbnail(of: source, facts: facts, geometry: geometry, quality: 90, into: target)
        return scratch.read("target")
    }

    private func ready() throws -> (PictureWorker, WaitingChild, first: [UInt8]) {
        let worker = worker()
        let first = try thumbnail(by: worker)
        #expect(worker.waiting == nil)
        worker.getReady()
        return (worker, try #require(worker.waiting), first)
    }

    @Test func makesTheNextThumbnailAndNoOther() throws {
        let (worker, child, first) = try ready()
        #expect(try thumbnail(by: worker) == first)
        #expect(worker.waiting == nil)
        #expect(TemporaryFolder.state(of: child.process) == nil)
        #expect(try thumbnail(by: worker) == first)
    }

    @Test func waitsOnlyAfterAThumbnail() throws {
        let worker = worker()
        worker.getReady()
        try worker.selfTest()
        worker.getReady()
        #expect(worker.waiting == nil)
    }

    @Test func doesNotWaitWhereMemoryIsShort() throws {
        let worker = worker(memory: 256 << 20)
        _ = try thumbnail(by: worker)
        worker.getReady()
        #expect(worker.waiting == nil)
    }

    @Test(arguments: [SIGTERM, SIGKILL]) func oneThatEndedBeforeIsReplaced(by signal: Int32) throws {
        let (worker, child, first) = try ready()
        kill(child.process, signal)
        #expect(becomesTrue { TemporaryFolder.state(of: child.process) == "Z" })
        #expect(try thumbnail(by: worker) == first)
    }

    @Test func oneThatEndedIsBuried() throws {
        let (worker, child, _) = try ready()
        worker.getReady()
        #expect(worker.waiting != nil)
        kill(child.process, SIGKILL)
        #expect(becomesTrue { TemporaryFolder.state(of: child.process) == "Z" })
        worker.getReady()
        #expect(worker.waiting == nil)
    }

    /// As one whose patience ends in the moment when the job is sent.
    @Test func jobThatWasNotTakenIsDoneByAnother() throws {
        let script = scratch.write(Array("#!/bin/sh\n[ $1 = wait ] && { sleep 1; exit 78; }\nexec \(pictureExecutable) \"$@\"\n".utf8), as: "script", mode: 0o755)
        let worker = worker(script)
        let first = try thumbnail(by: worker)
        worker.getReady()
        #expect(try thumbnail(by: worker) == first)
    }
}
