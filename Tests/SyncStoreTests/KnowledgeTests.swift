import SyncRules
@testable import SyncStore
import Testing

/// What the server takes a device to know: what was sent to it and what it pushed, and nothing else. Each test is a sequence in which a
/// change at the head would otherwise be undone without a row that names it.
@Suite struct KnowledgeTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private let key = FileKey("k")!

    private func delete(by caller: SyncCaller) throws -> DeletionOutcome { try fixture.store.delete(key, ifMatch: nil, message: "", by: caller) }

    private func paths(_ conflict: StoredConflict?) -> [String]? { conflict.map { ConflictReader.paths($0.pathsText) } }

    /// Who looks like one client to the server, in requests that name no device.
    private func phone(_ name: String? = nil) -> SyncCaller { fixture.caller(name, agent: "phone") }

    @Test func aDeletionListsWhatTheDeviceMayNotKnow() throws {
        try fixture.push(#"{"a":1,"b":2}"#, by: "other")
        _ = try fixture.latest(by: phone())
        let conflict = try #require(try delete(by: phone("d0")).conflict)
        #expect(paths(conflict) == ["/a", "/b"] && !conflict.isClean && conflict.remoteVersion == 1 && conflict.savedVersion == 2)
    }

    /// B's k and m come back, whatever base it names; D's deletion of k stays.
    @Test func ownPushesAreKnownWhateverBaseIsNamed() throws {
        try fixture.push(#"{"x":0}"#, by: "a")
        _ = try fixture.latest(by: fixture.caller("b"))
        try fixture.push(#"{"x":1}"#, by: "c") { $0.baseVersion = 1 }
        try fixture.push(#"{"x":0,"k":1,"m":1}"#, by: "b") { $0.baseVersion = 1 }
        #expect(try fixture.latest(by: fixture.caller("d")) == #"{"x":1,"k":1,"m":1}"#)
        try fixture.push(#"{"x":1,"m":2}"#, by: "d") { $0.baseVersion = 3 }
        #expect(try fixture.content(4) == #"{"x":1,"m":2}"#)
        try fixture.push(#"{"x":0,"k":1,"m":1,"z":1}"#, by: "b") { $0.baseVersion = 1 }
        #expect(try fixture.content(5) == #"{"x":1,"m":2,"z":1}"#)
    }

    /// The number or the hash of a merge, which its answer tells, is not the merge.
    @Test(arguments: [true, false]) func aMergeThatWasNotSentIsNoBase(_ byNumber: Bool) throws {
        try fixture.push(#"{"x":0}"#, by: "a")
        _ = try fixture.latest(by: fixture.caller("b"))
        _ = try fixture.latest(by: fixture.caller("c"))
        try fixture.push(#"{"x":0,"c":1}"#, by: "c")
        let merged = try fixture.push(#"{"x":0,"b":1}"#, by: "b")
        #expect(try fixture.content(merged.version) == #"{"x":0,"c":1,"b":1}"#)
        try fixture.push(#"{"x":0,"b":2}"#, by: "b") {
            if byNumber { $0.baseVersion = merged.version } else { $0.ifMatch = .hashes([merged.hash]) }
        }
        #expect(try fixture.content(4) == #"{"x":0,"c":1,"b":2}"#)
    }

    /// Nor does a client that says to have the newest version show that it was sent to it.
    @Test(arguments: [true, false]) func aMergeIsNotPulledByAskingForWhatIsNewer(_ byNumber: Bool) throws {
        try fixture.push(#"{"x":0}"#, by: "a")
        _ = try fixture.latest(by: fixture.caller("b"))
        try fixture.push(#"{"x":0,"a":1}"#, by: "a")
        let merged = try fixture.push(#"{"x":0,"b":1}"#, by: "b")
        if byNumber {
            #expect(try fixture.store.updates(key, since: merged.version, limit: 1, for: fixture.caller("b")).updates.isEmpty)
        } else {
            _ = try fixture.store.latest(key, unless: .hashes([merged.hash]), for: fixture.caller("b"))
        }
        try fixture.push(#"{"x":0,"b":2}"#, by: "b")
        #expect(try fixture.content(4) == #"{"x":0,"a":1,"b":2}"#)
    }

    @Test(arguments: [true, false]) func aMergeThatTheAnswerContainsIsABase(_ isLater: Bool) throws {
        try fixture.push(#"{"x":0}"#, by: "a")
        _ = try fixture.latest(by: fixture.caller("b"))
        try fixture.push(#"{"x":0,"a":1}"#, by: "a")
        let merged = try fixture.push(#"{"x":0,"b":1}"#, by: "b") { $0.returnsContent = !isLater }
        if isLater { #expect(try fixture.push(#"{"x":0,"b":1}"#, by: "b") { $0.returnsContent = true }.version == merged.version) }
        // The answer may be lost: a retry is one still.
        #expect(try fixture.push(#"{"x":0,"b":1}"#, by: "b").version == merged.version)
        #expect(try fixture.push(#"{"x":0,"b":1}"#, by: "b") { $0.baseVersion = merged.version }.version == 4)
        #expect(try fixture.content(4) == #"{"x":0,"b":1}"#)
    }

    @Test func aVersionThatWasReadByNumberMayBeNamedAsBase() throws {
        try fixture.push(#"{"x":0}"#, by: "a")
        try fixture.push(#"{"x":0,"a":1}"#, by: "a")
        for caller in [fixture.caller("b"), fixture.caller(agent: "curl")] {
            _ = try fixture.store.pull(key, .number(1), for: caller)
            let device = caller.device?.text ?? "c"
            let outcome = try fixture.push(#"{"x":0,"\#(device)":1}"#, by: device, from: caller) { $0.baseVersion = 1 }
            #expect(outcome.conflict?.localVersion == 1 && outcome.conflict?.isClean == true)
        }
        #expect(try fixture.latest() == #"{"x":0,"a":1,"b":1,"c":1}"#)
    }

    /// After a deletion that it fetched the device has nothing, whatever it had before.
    @Test func aDeletionThatWasFetchedIsKnown() throws {
        try fixture.push(#"{"x":1}"#, by: "other")
        _ = try fixture.latest(by: phone("d0"))
        _ = try delete(by: fixture.caller("other"))
        #expect(throws: SyncError.self) { try fixture.latest(by: phone()) }
        try fixture.push(#"{"x":1}"#, by: "third")
        let outcome = try fixture.push(#"{"x":2}"#, by: "d0", from: phone())
        #expect(paths(outcome.conflict) == ["/x"])
    }

    @Test func whoDeletedHasNothingOfWhatCameLater() throws {
        try fixture.push(#"{"x":1}"#, by: "other")
        _ = try fixture.latest(by: phone())
        #expect(try delete(by: phone()).conflict == nil)
        try fixture.push(#"{"x":1}"#, by: "third")
        #expect(paths(try delete(by: phone()).conflict) == ["/x"])
    }

    @Test func whatAForgottenDeviceFetchedIsNobodysBase() throws {
        try fixture.push(#"{"a":1}"#, by: "d0", from: phone())
        try fixture.push(#"{"a":1,"b":1}"#, by: "other")
        _ = try fixture.latest(by: phone())
        try fixture.store.forget(DeviceID("d0")!, of: 1)
        try fixture.push(#"{"c":1}"#, by: "d1", from: phone())
        #expect(try fixture.latest() == #"{"a":1,"b":1,"c":1}"#)
    }

    /// A device that names itself uses its key, program and address as well.
    @Test func aNamedPullMakesAnIdentityShared() throws {
        try fixture.push(#"{"a":1,"b":1}"#, by: "other")
        _ = try fixture.latest(by: phone("d0"))
        _ = try fixture.latest(by: phone())
        try fixture.push(#"{"a":1}"#, by: "d1", from: phone())
        #expect(try fixture.latest() == #"{"a":1,"b":1}"#)
    }

    @Test func aRetryAfterAnothersDeletionRevivesNothing() throws {
        _ = try fixture.push(#"{"a":1}"#, by: "d0")
        _ = try fixture.latest(by: fixture.caller("d1"))
        _ = try delete(by: fixture.caller("d1"))
        let again = try fixture.push(#"{"a":1}"#, by: "d0")
        #expect(again.kind == .repeated && again.version == 1)
        #expect(throws: SyncError.self) { try fixture.latest() }
        // Who knows of the deletion and pushes the same again means it.
        #expect(throws: SyncError.self) { try fixture.latest(by: fixture.caller("d0")) }
        #expect(try fixture.push(#"{"a":1}"#, by: "d0").version == 3)
    }

    @Test func anothersFetchIsNoBaseOfANewDevice() throws {
        try fixture.push(#"{"a":1}"#, by: "d0", from: phone())
        try fixture.push(#"{"a":1,"b":1}"#, by: "other")
        _ = try fixture.latest(by: phone())
        let outcome = try fixture.push(#"{"a":1,"c":1}"#, by: "d1", from: phone())
        #expect(try fixture.content(3) == #"{"a":1,"b":1,"c":1}"#)
        #expect(outcome.conflict?.localVersion == 0)
    }

    /// Where no other device was ever seen, the published page's GET, which names none, is the device's own.
    @Test func aLonelyDevicesFetchIsItsOwn() throws {
        try fixture.push(#"{"a":1,"b":1}"#, by: "other")
        _ = try fixture.latest(by: phone())
        let outcome = try fixture.push(#"{"a":1}"#, by: "d0", from: phone())
        #expect(try fixture.content(2) == #"{"a":1}"# && paths(outcome.conflict) == ["/b"])
    }
}
