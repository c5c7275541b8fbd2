// Settings lie in the database, so that every process sees a change at its next request. They are read again only when
// another connection has written anything (PRAGMA data_version, which costs next to nothing).

import Settings
import SQLite

final class SettingsStore {
    static let migration = Migration("settings", "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")

    private let database: Connection
    private var known: (version: Int, settings: Settings)?

    init(database: Connection) { self.database = database }

    func read() throws -> Settings {
        let version = try database.moment.others
        if let known, known.version == version { return known.settings }
        let rows = try database.all("SELECT key, value FROM settings") { ($0.text(0), $0.text(1)) }
        let settings = Settings(stored: Dictionary(uniqueKeysWithValues: rows))
        known = (version, settings)
        return settings
    }

    func write(_ key: String, _ value: String) throws {
        try database.run("INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
        known = nil
    }
}
