// The numbers of the statistics page, and the names that belong to them.

import Accounts
import MediaStore
import Settings
import Site

struct Statistics {
    let report: SiteReport
    /// Bytes that are free on the disk of the uploads.
    let freeBytes: Int
    /// By their ids; without those that are gone.
    let keys: [Int: APIKey]

    init(_ visit: Visit) throws {
        let report = try visit.site.store.report()
        self.report = report
        freeBytes = try visit.site.uploads.freeBytes()
        keys = try report.keys.compactMap(\.key).reduce(into: [:]) { keys, id in keys[id] = try visit.site.accounts.key(id) }
    }
}
