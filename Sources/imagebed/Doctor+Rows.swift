// The checks of `imagebed doctor` of rows against files, of a sample: `imagebed verify` compares all.

import Disk
import Media
import MediaStore
import Site
import Time

/// Rows of each kind that are looked at: the newest ones, and others at random.
private let sampled = 200

extension Doctor {
    static let checkRows: @Sendable (Site) throws -> [Finding] = { site in
        let newest = try site.store.files(FileSelection(), atMost: sampled)
        let ids = newest.first.map { last in Set((0..<sampled).map { _ in Int.random(in: 1...last.id) }).subtracting(newest.map(\.id)) } ?? []
        let files = try newest + ids.compactMap { try site.store.file($0) }
        // (One that somebody deletes at this moment has no row any more.)
        let wrong = try files.compactMap { file in try fault(of: file, site).map { (file, $0) } }.filter { try site.store.file($0.0.id) != nil }
        guard let (first, says) = wrong.first else { return [.ok("rows", "\(files.count) rows looked at have their files")] }
        let isAway = wrong.count > MediaStore.few(of: files.count)
        let repair = isAway ? "is the file system of \(site.data.uploads) mounted? Else imagebed restore BACKUP; imagebed verify shows all"
            : wrong.prefix(5).map { "imagebed file delete \($0.0.id)" }.joined(separator: "; ") + ", unless a backup has them; imagebed verify shows all"
        return [.problem("rows", "\(wrong.count) of \(files.count) rows looked at: \(first.path.text) \(says)", advice: repair)]
    }

    /// On a site that took an old tree over, such files are its operator's.
    static let checkStrays: @Sendable (Site) throws -> [Finding] = { site in
        guard site.data.ownsFiles else { return [] }
        let strays = try site.store.strays(olderThan: Now.seconds - GarbageRules(recycleDays: 0).strayAge, inNewest: 4, lookingAt: 20_000)
        guard let first = strays.first else { return [.ok("files", "those looked at have their rows")] }
        return [.problem("files", "\(strays.count) files have no row: \(first.text)",
                         advice: "imagebed gc --yes puts them into the recycle bin; after the restore of an old backup, restore a newer one instead")]
    }
}

/// What is wrong with a row's file; nil if it is there.
private func fault(of file: StoredFile, _ site: Site) throws -> String? {
    do {
        let there = try site.uploads.file(file.path.text)
        return there.size == file.size ? nil : "has \(there.size) bytes, its row says \(file.size)"
    } catch let error as DiskError where error.kind == .missing {
        return "is not there"
    } catch let error as DiskError where error.isForbidden {
        return nil
    }
}
