// What was removed from the old site since an earlier import: pictures that somebody deleted by hand or with PHP, and tokens. They are
// reported, and ended only on request: a tree that is not mounted looks as if all its pictures had been deleted.

import Accounts
import Disk
import EasyImages
import MediaStore
import Site

extension SiteImport {
    func findGone() throws {
        guard isRepeated else { return }
        let (pictures, total) = try findGonePictures()
        let tokens = try findGoneTokens()
        report.gone.tokens = tokens.map { ($0.number ?? 0, $0.prefix) }
        guard options.takesSettings, !report.gone.isEmpty else { return }
        report.gone.obstacle = obstacle(to: pictures.count, of: total)
        guard report.gone.obstacle == nil else { return }
        report.gone.isEnded = true
        guard !options.isRehearsal else { return }
        for token in tokens { try site.accounts.revokeKey(token.id) }
        _ = try site.store.deleteMissing(pictures)
    }

    /// - Returns: the ids of rows without a file, and the number of rows of files that are not deleted.
    private func findGonePictures() throws -> (ids: [Int], total: Int) {
        let rows = RecordedFileRows(site.database)
        var (ids, total): ([Int], Int) = ([], 0)
        try rows.forEach { row in
            guard case .uploads(let path) = row.place else { return }
            total += 1
            // It may have been deleted since the row was read.
            guard isGone(path), try rows.file(row.id)?.place == row.place else { return }
            ids.append(row.id)
            if report.gone.examples.count < GoneReport.exampleLimit { report.gone.examples.append(path) }
        }
        report.gone.count = ids.count
        return (ids, total)
    }

    /// Whether there is certainly no file: not one that cannot be opened.
    private func isGone(_ path: String) -> Bool {
        do { _ = try site.uploads.file(path) } catch { return (error as? DiskError)?.isAbsent ?? false }
        return false
    }

    /// Imported tokens that are valid here, and that the old site's file does not have.
    private func findGoneTokens() throws -> [APIKey] {
        let imported = try site.accounts.keys().filter { $0.number != nil && $0.revokedAt == nil }
        guard oldSite.hasTokenFile else {
            if !imported.isEmpty {
                report.warnings.append("\(OldSite.tokenFile) is missing: the \(imported.count) tokens that were imported from it stay valid")
            }
            return []
        }
        let there = Set(try OldToken.all(oldSite.tokens).compactMap { try site.accounts.key(withText: $0.text)?.id })
        return imported.filter { !there.contains($0.id) }
    }

    private func obstacle(to count: Int, of total: Int) -> String? {
        guard report.files.seen > 0 || count == 0 else {
            return "nothing was ended, because \(oldSite.store) is empty: mount what belongs there"
        }
        let few = MediaStore.few(of: total)
        guard count > few, !options.isConfirmed else { return nil }
        return "nothing was ended, because \(count) of \(total) pictures are gone, more than \(few): see whether \(oldSite.store) and all "
            + "that is mounted in it is there. If they were deleted, --settings --yes ends them"
    }
}
