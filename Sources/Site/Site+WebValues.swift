// Whoever changes a setting that the web server follows writes the file of values too; what root does with it is none of this
// user's business (Sources/WebServer).

import Disk
import Settings

extension Site {
    /// Writes settings in their text form, checked before, all or none, and what the web server is to know of them.
    ///
    /// - Returns: whether the values of the web server changed.
    @discardableResult
    public func change(_ changes: [(key: String, value: String)]) throws -> Bool {
        try database.write {
            for each in changes { try settingsStore.write(each.key, each.value) }
        }
        guard changes.contains(where: { Settings.keysOfTheWebServer.contains($0.key) }) else { return false }
        return try writeWebValues()
    }

    /// Makes `web/values` what the settings say.
    ///
    /// - Returns: whether it was anything else.
    @discardableResult
    public func writeWebValues() throws -> Bool {
        // Of two who write at the same time the second has the settings of both.
        let lock = try Folder(data.run).lock("web-values")
        return try withExtendedLifetime(lock) {
            let text = Array(WebValues(try settings).text.utf8)
            let folder = try Folder(data.web)
            if (try? folder.bytes(of: DataFolder.valuesName, limit: WebValues.limit)) == text { return false }
            try folder.replace(DataFolder.valuesName, with: text, mode: 0o644)
            // What waits for a change of the file alone may miss one that comes while it is at work.
            try folder.clear(DataFolder.changedValuesName)
            try folder.replace(DataFolder.changedValuesName, with: [], mode: 0o644)
            return true
        }
    }
}
