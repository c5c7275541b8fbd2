// The second half of deletions: removes the files of rows that are marked, many at a time, because each fsync takes long.

import Database
import Disk
import Events
import Media
import Process
import Time

/// A deletion whose row is marked and whose file has to be removed.
struct PendingDeletion {
    let file: StoredFile
    /// false if it is to be deleted permanently.
    let recycles: Bool
    /// What receivers are told when it is done; nil for nothing.
    let event: EventKind?

    /// - Parameter event: what is told unless its time was over when it was deleted, whoever did that. (What a crash interrupted is a plain
    ///   deletion otherwise, also one by the limits of retention.)
    init(file: StoredFile, recycles: Bool, event: EventKind? = .deleted) {
        (self.file, self.recycles) = (file, recycles)
        self.event = event == .deleted && file.ends(by: file.deletedAt ?? Now.seconds) ? .expired : event
    }

    /// The value of `recycled_name` while a file is being deleted permanently.
    static let forGood = ""
}

/// A deletion that failed after its row was marked. The next deletion of the file, the next start or the next collection retries it.
public struct UnfinishedDeletion: Error, CustomStringConvertible {
    /// Relative to the uploads folder.
    public let path: String
    public let cause: any Error

    /// With the command that retries it.
    public var description: String { "the deletion of \(path) is not finished: \(cause)\(UnfinishedDeletion.repair(of: cause))" }

    /// Several failures in one line.
    public static func summary(_ failures: [UnfinishedDeletion]) -> String? {
        guard let first = failures.first else { return nil }
        return failures.count == 1 ? "\(first)" : "\(first) (and \(failures.count - 1) more)"
    }

    private static func repair(of cause: any Error) -> String {
        guard let error = cause as? DiskError, error.isForbidden else { return "" }
        let folder = error.path.lastIndex(of: "/").map { String(error.path[..<$0]) } ?? error.path
        let user = User.name(of: User.currentID) ?? "\(User.currentID)"
        return "; give the folder to the site's user: chown -R \(user) '\(folder)', then follow the link again or run imagebed gc"
    }
}

extension MediaStore {
    /// - Returns: deletions that failed.
    func finish(_ files: [PendingDeletion]) throws -> [UnfinishedDeletion] {
        var failures: [UnfinishedDeletion] = []
        let settled = try going(files, &failures) { try settleReplacement(of: $0.file.id) }.map(\.pending)
        let named = try going(settled, &failures) { pending -> String? in
            if pending.recycles { return try linkIntoRecycleBin(pending.file) }
            for name in try halfRecycled(pending.file) { try recycleBin.remove(name) }
            return nil
        }
        if files.contains(where: \.recycles) { try recycleBin.sync() }
        let removed = try going(named.map(\.pending), &failures) { try uploads.remove($0.file.path.text) }.map(\.pending)
        for folder in Set(removed.map(\.file.path.folder)) { try openIfThere(folder)?.sync() }
        let done = Set(try going(removed, &failures) { try forgetDerived(of: $0.file.path) }.map(\.pending.file.id))
        try turn?.check()
        try database.write {
            var recycled: [(id: Int, name: String?)] = []
            try removals.note(named.map(\.pending.file).filter { done.contains($0.id) }.map(\.path))
            for (pending, name) in named where done.contains(pending.file.id) {
                if let event = pending.event { try tell(event, { pending.file }, more: [("recycled", .bool(pending.recycles))]) }
                if pending.recycles { recycled.append((pending.file.id, name)) } else { try rows.remove(pending.file.id) }
            }
            try rows.endDeletion(of: recycled)
        }
        return failures
    }

    /// The deletions for which a step succeeds; failures are appended.
    private func going<Value>(
        _ files: [PendingDeletion], _ failures: inout [UnfinishedDeletion], _ step: (PendingDeletion) throws -> Value
    ) throws -> [(pending: PendingDeletion, value: Value)] {
        var succeeded: [(PendingDeletion, Value)] = []
        for pending in files {
            try turn?.check()
            do {
                succeeded.append((pending, try step(pending)))
            } catch {
                failures.append(UnfinishedDeletion(path: pending.file.path.text, cause: error))
            }
        }
        return succeeded
    }

    /// - Returns: its name there: the flat name, or with the file's id if another file has that; nil if the file does not exist at all.
    ///   Somebody removed it by hand then, which is no error because it was to be deleted.
    private func linkIntoRecycleBin(_ file: StoredFile) throws -> String? {
        if isMissing(file) { return try halfRecycled(file).first ?? halfRestored(file) }
        let (flat, own) = names(of: file)
        // An interrupted deletion may have used the second name.
        for name in recycleBin.holds(own) ? [own, flat] : [flat, own] {
            do {
                try uploads.link(file.path.text, into: recycleBin, as: name)
                return name
            } catch let error as DiskError where error.kind == .exists {
                continue
            }
        }
        throw MediaStoreError.noFreeName
    }

    /// Its names in the recycle bin, if an interrupted deletion has linked it there.
    private func halfRecycled(_ file: StoredFile) throws -> [String] {
        let (flat, own) = names(of: file)
        let present = try? uploads.file(file.path.text)
        guard present != nil || isMissing(file) else { return [] }
        return try [own, flat].filter { name in
            guard let there = try? recycleBin.file(name), try !knowsRecycled(name) else { return false }
            return try present.map { try $0.isSameOrCopy(of: there) } ?? true
        }
    }

    /// Its name in the recycle bin, if a restoration was interrupted that has not moved it yet.
    private func halfRestored(_ file: StoredFile) throws -> String? {
        guard let name = try rows.leavingName(of: file.id), recycleBin.holds(name), try !knowsRecycled(name) else { return nil }
        return name
    }

    private func names(of file: StoredFile) -> (flat: String, own: String) {
        (FlatName.of(file.path, number: nil), FlatName.of(file.path, number: file.id))
    }

    /// Whether the file certainly does not exist.
    func isMissing(_ file: StoredFile) -> Bool {
        do {
            _ = try uploads.file(file.path.text)
            return false
        } catch {
            return (error as? DiskError)?.kind == .missing
        }
    }

    /// Deletes what was derived from a picture, including EasyImages' thumbnails in its cache folder: named by the flat name or, if made at
    /// the upload, by the date and the name only.
    func forgetDerived(of path: StoredPath) throws {
        try whenRemoved(path)
        var names = [path.flat]
        if let dated = StoredPath(path.text.split(separator: "/").suffix(4).joined(separator: "/")), dated != path,
           try file(at: dated) == nil { names.append(dated.flat) }
        for name in names where name.utf8.count <= StoredPath.maximumPartLength { try uploads.remove("cache/" + name, isDurable: true) }
    }
}
