// Turns: as many as there are slots, free again by themselves.

import Disk
import TestSupport
import Testing
@testable import PictureWorker

@Suite struct SlotsTests {
    @Test func thirdOfTwoHasToWait() throws {
        let scratch = TemporaryFolder()
        let slots = Slots(folder: try Folder(scratch.path), count: 2, patience: 0.1)
        var held = [try slots.take(), try slots.take()]
        let failure = #expect(throws: PictureFailure.self) { _ = try slots.take() }
        #expect(failure?.status == 503 && failure?.says == "Server busy" && failure?.retryAfter != nil)
        held.removeLast()
        // A child that another test starts holds a copy of the descriptor until it runs its program.
        held.append(try Slots(folder: Folder(scratch.path), count: 2, patience: 60).take())
        withExtendedLifetime(held) {}
    }
}
