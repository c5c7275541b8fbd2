// Settings are stored in the database, so that a change applies to every process from its next request. They are read again only if
// another connection has written, as far as the engine can tell that.

import Database
import Settings

final class SettingsStore {
    let rows: SettingsRows
    private var known: (version: Int?, settings: Settings)?

    init(database: any Database) { rows = SettingsRows(database: database) }

    func read() throws -> Settings {
        let version = try rows.database.moment?.others
        if let version, let known, known.version == version { return known.settings }
        let settings = Settings(stored: try rows.all())
        known = (version, settings)
        return settings
    }

    func write(_ key: String, _ value: String) throws {
        try rows.set(key, value)
        known = nil
    }
}
