// Settings lie in the database, so that every process sees a change at its next request. They are read again only when
// another connection has written anything, where the database can tell that.

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
