// The table of settings.

import SQLite

enum SettingsSchema {
    static let migration = Migration("settings", "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
}
