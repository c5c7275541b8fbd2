// The numbers of the statistics page, and the names that belong to them.

import Accounts
import MediaStore
import Settings
import Site

struct Statistics {
    let report: SiteReport
    /// Bytes that are free on the disk of the uploads.
    let freeBytes: Int
    /// nil if `imagebed doctor` has not run yet.
    let diagnosis: Diagnosis?
    /// By their ids; without those that are gone.
    let keys: [Int: APIKey]

    init(_ visit: Visit) throws {
        let report = try visit.site.store.report()
        self.report = report
        freeBytes = try visit.site.uploads.freeBytes()
        diagnosis = Diagnosis.latest(in: visit.site.data)
        keys = try report.keys.compactMap(\.key).reduce(into: [:]) { keys, id in keys[id] = try visit.site.accounts.key(id) }
    }
}
