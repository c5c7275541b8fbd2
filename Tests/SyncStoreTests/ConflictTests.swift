import Database
import SyncRules
@testable import SyncStore
import Testing

@Suite struct ConflictTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private func conflict() throws -> StoredConflict {
        try fixture.push(#"{"a":1}"#, by: "one")
        _ = try fixture.latest(by: fixture.caller("two"))
        try fixture.push(#"{"a":2}"#, by: "one")
        return try #require(try fixture.push(#"{"a":3}"#, by: "two").conflict)
    }

    private func resolve(_ conflict: StoredConflict, _ action: Resolution.Action, _ text: String? = nil) throws -> ResolutionOutcome {
        try fixture.store.resolve(Resolution(conflict: conflict.id, action: action, content: text.map(fixture.document)), by: fixture.caller())
    }

    @Test(arguments: [(Resolution.Action.keepLocal, #"{"a":3}"#), (.keepRemote, #"{"a":2}"#), (.custom, #"{"b":9}"#)])
    func theChoiceBecomesTheHead(_ action: Resolution.Action, _ expected: String) throws {
        let conflict = try conflict()
        let outcome = try resolve(conflict, action, #"{"b":9}"#)
        #expect(outcome.version == 4)
        #expect(try fixture.latest() == expected)
        #expect(try fixture.conflicts().isEmpty)
        #expect(try resolve(conflict, action, #"{"b":9}"#).version == 4)
        #expect(try fixture.latest() == expected)
    }

    @Test func anotherChoiceComesTooLate() throws {
        let conflict = try conflict()
        _ = try resolve(conflict, .custom, "[1]")
        #expect(throws: SyncError.self) { try resolve(conflict, .keepLocal) }
        #expect(throws: SyncError.self) { try resolve(conflict, .custom, "[2]") }
    }

    @Test func aChoiceThatWinsOverLaterChangesSaysSo() throws {
        let conflict = try conflict()
        _ = try fixture.latest(by: fixture.caller("two"))
        try fixture.push(#"{"a":4,"b":1}"#, by: "two")
        let outcome = try resolve(conflict, .keepRemote)
        #expect(try fixture.latest() == #"{"a":2,"b":1}"#)
        #expect(ConflictReader.paths(try #require(outcome.conflict).pathsText) == ["/a"])
    }

    @Test func longValuesAreToldByHash() throws {
        let long = String(repeating: "x", count: 2_000)
        try fixture.push("{\"a\":\"\(long)\"}", by: "one")
        let conflict = try #require(try fixture.push(#"{"a":1}"#, by: "two").conflict)
        #expect(conflict.pathsText.contains(#""remote":{"sha256":""#) && conflict.pathsText.contains(#""size":2002"#))
    }

    @Test func veryManyPlacesAreOne() throws {
        func text(_ value: String) -> String {
            "{" + (0..<9_000).map { "\"key number \($0) of a very long list of keys that all have long names, which costs room\":\"\(value) \(String(repeating: "v", count: 90))\"" }
                .joined(separator: ",") + "}"
        }
        try fixture.push(text("one"), by: "one")
        let conflict = try #require(try fixture.push(text("two"), by: "two").conflict)
        #expect(ConflictReader.paths(conflict.pathsText) == [""])
        #expect(!conflict.isClean)
    }

    @Test func pages() throws {
        for number in 0..<5 {
            try fixture.push("[\(number)]", by: "one", to: "file \(number)")
            try fixture.push("{}", by: "two", to: "file \(number)")
        }
        let page = try fixture.store.conflicts(of: 1, key: nil, resolved: false, page: Paging(2, size: 2))
        #expect(page.total == 5)
        #expect(page.conflicts.map(\.fileKey) == ["file 2", "file 1"])
        #expect(try fixture.store.conflicts(of: 2, key: nil, resolved: false, page: Paging(size: 50)).total == 0)
        #expect(try fixture.conflicts(key: "nothing").isEmpty)
    }
}
