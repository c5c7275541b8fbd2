import Database
@testable import SyncStore
import Testing

/// What the doctor pushed is gone as if it had never been; what others have stays, the same content too.
@Suite struct ErasureTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private func rows(_ table: String) throws -> Int { try fixture.database.first("SELECT COUNT(*) FROM \(table)") { $0.integer(0) } ?? 0 }

    @Test func everyTable() throws {
        let tables = ["sync_file", "sync_version", "sync_content", "sync_device", "sync_device_file", "sync_fetch", "sync_identity", "sync_answer",
                      "sync_conflict"]
        try fixture.push(#"{"a":1}"#, by: "other", from: fixture.caller("other", account: 2))
        let before = try tables.map(rows)
        try fixture.push(#"{"a":1}"#, by: "one", from: fixture.caller("one"))
        try fixture.push(#"{"a":2}"#, by: "one", from: fixture.caller("one"))
        _ = try fixture.latest(by: fixture.caller("two"))
        try fixture.push(#"{"a":3}"#, by: "two", from: fixture.caller("two"))
        _ = try fixture.store.delete(#require(FileKey("k")), ifMatch: nil, message: "", by: fixture.caller("one"))
        try fixture.store.erase(account: 1)
        #expect(try tables.map(rows) == before)
        #expect(try fixture.latest(by: fixture.caller("other", account: 2)) == #"{"a":1}"#)
    }
}
