// What an operator changes of a site. The web server's configuration follows some settings: whoever changes one of these writes the file of
// values too. What root does with that file is none of this user's business (Sources/WebServer).

import Disk
import MediaStore
import Settings
import Site

/// The changes that an operator makes to a site.
public struct Administration {
    private let site: Site

    public init(_ site: Site) { self.site = site }

    /// Changes settings, all or none, and writes what the web server is to know of them.
    ///
    /// - Parameter check: as in `Site.store`.
    /// - Returns: whether the values of the web server changed.
    @discardableResult
    public func change(_ changes: [SettingChange], provided check: (Settings) throws -> Void = { _ in }) throws -> Bool {
        let pairs = changes.map { ($0.key, $0.value) }
        let zone = try site.settings.timeZone
        // Days begin at other times then; `imagebed tally` counts them.
        defer { if (try? site.settings.timeZone) != zone { try? site.store.deriveAnew(.days) } }
        guard changes.contains(where: { Settings.keysOfTheWebServer.contains($0.key) }) else {
            try site.store(pairs, provided: check)
            return false
        }
        return try writeWebValues { try site.store(pairs, provided: check) }
    }

    /// Whether values were written that the web server has not taken yet; it takes them by itself.
    public var webServerWaits: Bool { FileStatus(at: "\(site.data.web)/\(DataFolder.changedValuesName)") != nil }

    /// Makes `web/values` what the settings say.
    ///
    /// - Returns: whether it was anything else.
    @discardableResult
    public func writeWebValues() throws -> Bool { try writeWebValues {} }

    /// - Parameter change: of the settings; not made where the lock is not to be had.
    private func writeWebValues(after change: () throws -> Void) throws -> Bool {
        // Of two who write at the same time the second has the settings of both.
        let lock = try Folder(site.data.run).lock("web-values")
        return try withExtendedLifetime(lock) {
            try change()
            let text = Array(WebValues(try site.settings).text.utf8)
            let folder = try Folder(site.data.web)
            if (try? folder.bytes(of: DataFolder.valuesName, limit: WebValues.limit)) == text { return false }
            try folder.replace(DataFolder.valuesName, with: text, mode: 0o644)
            // What waits for a change of the file alone may miss one that comes while it is at work.
            try folder.clear(DataFolder.changedValuesName)
            try folder.replace(DataFolder.changedValuesName, with: [], mode: 0o644)
            return true
        }
    }
}
