// Settings are stored in the database, so that a change applies to every process from its next request. They are read again only if
// another connection has written, as far as the engine can tell that.

import Database
import Settings

final class SettingsStore {
    let rows: SettingsRows
    private var known: (version: Int?, stored: [String: String], settings: Settings)?

    init(database: any Database) { rows = SettingsRows(database: database) }

    func read() throws -> Settings {
        let version = try rows.database.moment?.others
        if let version, let known, known.version == version { return known.settings }
        let stored = try rows.all()
        // (Reading the texts takes longer than reading the rows, and most of what others write are no settings.)
        let settings = if let known, SettingsStore.areSame(known.stored, stored) { known.settings } else { Settings(stored: stored) }
        known = (version, stored, settings)
        return settings
    }

    /// Strings in Swift are equal where Unicode means the same by them (é in one character or in two), but a page shows what was set.
    private static func areSame(_ one: [String: String], _ other: [String: String]) -> Bool {
        one.count == other.count && one.allSatisfy { key, text in other[key].map { $0.utf8.elementsEqual(text.utf8) } ?? false }
    }

    func write(_ key: String, _ value: String) throws {
        try rows.set(key, value)
        known = nil
    }
}
