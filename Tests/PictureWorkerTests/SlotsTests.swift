// Turns: as many as there are slots and as much memory as there is, free again by themselves.

import Disk
import Glibc
import TestSupport
import Testing
@testable import PictureWorker
import Time

@Suite struct SlotsTests {
    private let scratch = TemporaryFolder()

    private func slots(_ count: Int, patience: Double = 0.1) throws -> Slots {
        Slots(folder: try Folder(scratch.path), count: count, patience: patience)
    }

    /// Where it must come: a child that another test starts holds copies of all locks until it runs its program.
    private func patient(_ count: Int) throws -> Slots { try slots(count, patience: 60) }

    @Test func thirdOfTwoHasToWait() throws {
        let slots = try slots(2)
        var held = [try patient(2).take(), try patient(2).take()]
        let failure = #expect(throws: PictureFailure.self) { _ = try slots.take() }
        #expect(failure?.status == 503 && failure?.says == "Server busy" && failure?.retryAfter != nil)
        #expect(failure?.because.contains("all 2 slots") == true && failure?.because.contains("If it happens often") == true)
        held.removeLast()
        held.append(try patient(2).take())
        withExtendedLifetime(held) {}
    }

    @Test(arguments: [1, 2, 3]) func oneIsLeftToUploads(_ count: Int) throws {
        let slots = try slots(count)
        let held = try (1..<max(2, count)).map { _ in try patient(count).take(for: .viewing) }
        #expect(throws: PictureFailure.self) { _ = try slots.take(for: .viewing) }
        try withExtendedLifetime(held) { _ = try patient(count).take(for: .upload) }
    }

    @Test func anUploadTakesTheOneThatViewersMayNot() throws {
        let slots = try patient(2)
        let upload = try slots.take(for: .upload)
        try withExtendedLifetime(upload) { _ = try slots.take(for: .viewing) }
    }

    @Test func memoryIsSharedAndGivenBack() throws {
        let slots = try slots(4)
        var first: Lock? = try patient(4).take(60, of: 100)
        let second = try patient(4).take(40, of: 100)
        #expect(throws: PictureFailure.self) { _ = try slots.take(1, of: 100) }
        first = nil
        let third = try patient(4).take(60, of: 100)
        #expect(throws: PictureFailure.self) { _ = try slots.take(1, of: 100) }
        withExtendedLifetime((first, second, third)) {}
    }

    @Test func moreThanAllIsRefusedAtOnce() throws {
        let start = Now.monotonicSeconds
        let failure = #expect(throws: PictureFailure.self) { _ = try slots(2, patience: 60).take(200 << 20, of: 100 << 20) }
        #expect(failure?.status == 503 && failure?.retryAfter != nil && Now.monotonicSeconds - start < 30)
        #expect(failure?.because.contains("needs 200 MB") == true && failure?.because.contains("picture_memory") == true)
    }

    @Test func aLargeOneInFrontIsNotOvertaken() throws {
        let slots = try slots(4)
        let small = try patient(4).take(60, of: 100)
        // Somebody waits in front; whoever comes later waits behind, although there is room.
        let front = try #require(try slots.folder.lock("front-upload"))
        #expect(throws: PictureFailure.self) { _ = try slots.take(10, of: 100) }
        #expect(throws: PictureFailure.self) { _ = try slots.take(10, of: 100, for: .viewing) }
        withExtendedLifetime((small, front)) {}
    }

    /// Whoever has the service's user can hold it for as long as he likes.
    @Test func aLedgerThatIsHeldIsNoFaultOfTheInstallation() throws {
        let slots = try slots(2)
        let ledger = try #require(try slots.folder.lock("ledger"))
        let start = Now.monotonicSeconds
        let failure = #expect(throws: PictureFailure.self) { _ = try slots.take() }
        #expect(failure?.status == 503 && failure?.retryAfter != nil && Now.monotonicSeconds - start < 20)
        #expect(failure?.because.contains("\(scratch.path)/ledger locked") == true)
        withExtendedLifetime(ledger) {}
    }

    @Test func aKilledHolderHoldsNothing() throws {
        let slots = try slots(2)
        let held = try patient(2).take(100, of: 100)
        // What a killed process leaves: the text in the file, and no lock.
        scratch.write(Array("100".utf8), as: "0")
        #expect(throws: PictureFailure.self) { _ = try slots.take(1, of: 100) }
        try withExtendedLifetime(held) { _ = try patient(2).take(1, of: 101) }
    }
}
