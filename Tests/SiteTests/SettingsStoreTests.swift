import Database
import Settings
@testable import Site
import SQLite
import TestSupport
import Testing

@Suite struct SettingsStoreTests {
    let folder = TemporaryFolder()
    let database: Connection

    init() throws {
        database = try Connection(path: folder.path + "/a.db", creates: true)
        try database.migrate(SiteSchema.migrations)
    }

    @Test func whatAnotherProcessSetsCountsFromTheNextReadingOn() throws {
        let (one, other) = (SettingsStore(database: recorded(database)), SettingsStore(database: try Connection(path: folder.path + "/a.db")))
        let before = try one.read().deduplicate
        try other.write("deduplicate", before ? "off" : "on")
        #expect(try one.read().deduplicate != before)
        try one.write("deduplicate", before ? "on" : "off")
        #expect(try one.read().deduplicate == before)
        #expect(try one.rows.all() == ["deduplicate": before ? "on" : "off"])
    }
}
