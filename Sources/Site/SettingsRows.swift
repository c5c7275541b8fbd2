// The statements on the table `settings`.

import Database

struct SettingsRows {
    let database: any Database

    func all() throws -> [String: String] {
        Dictionary(uniqueKeysWithValues: try database.all("SELECT key, value FROM settings") { ($0.text(0), $0.text(1)) })
    }

    func set(_ key: String, _ value: String) throws {
        try database.run("INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
    }
}
