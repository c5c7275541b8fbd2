import Database
import Settings
@testable import Site
import SiteTestSupport
import Testing
import TestSupport

@Suite struct SettingsStoreTests {
    let databases: TestDatabase

    init() throws { databases = try TestDatabase() }

    @Test func whatAnotherProcessSetsCountsFromTheNextReadingOn() throws {
        let (one, other) = (SettingsStore(database: recorded(databases.connection)), try SettingsStore(database: databases.another()))
        let before = try one.read().deduplicate
        try other.write("deduplicate", before ? "off" : "on")
        #expect(try one.read().deduplicate != before)
        try one.write("deduplicate", before ? "on" : "off")
        #expect(try one.read().deduplicate == before)
        #expect(try one.rows.all() == ["deduplicate": before ? "on" : "off"])
    }

    @Test("Texts that Unicode takes for the same are others", arguments: [("Caf\u{E9}", "Cafe\u{301}"), ("a;b", "a\u{37E}b")])
    func textsAreComparedByTheirBytes(_ text: String, _ similar: String) throws {
        let (one, other) = (SettingsStore(database: recorded(databases.connection)), try SettingsStore(database: databases.another()))
        for set in [text, similar, text] {
            try other.write("site_name", set)
            #expect(Array(try one.read().siteName.utf8) == Array(set.utf8))
        }
    }
}
