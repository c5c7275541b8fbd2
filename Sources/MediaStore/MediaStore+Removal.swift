// The second half of deletions: files go whose rows say so, many at a time, because what takes long is to wait for the disk.

import Database
import Disk
import Media
import Process

/// A file whose row says that it is deleted.
struct Doomed {
    let file: StoredFile
    /// false when it is to be removed for good.
    let recycles: Bool

    /// What stands for its name in the recycle bin in the row of a file that is to be removed for good.
    static let forGood = ""
}

/// A file that is deleted by its row, and that is there in part still. The next deletion of the file, the next start and the next
/// collection go on with it.
public struct UnfinishedDeletion: Error, CustomStringConvertible {
    /// Below the folder of uploads.
    public let path: String
    public let cause: any Error

    /// Says what to do.
    public var description: String { "the deletion of \(path) is not finished: \(cause)\(UnfinishedDeletion.repair(of: cause))" }

    /// Several in one line.
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
    /// - Returns: those that the disk did not let go.
    func finish(_ files: [Doomed]) throws -> [UnfinishedDeletion] {
        var failures: [UnfinishedDeletion] = []
        let named = try going(files, &failures) { doomed -> String? in
            if doomed.recycles { return try linkIntoRecycleBin(doomed.file) }
            for name in try halfRecycled(doomed.file) { try recycleBin.remove(name) }
            return nil
        }
        if files.contains(where: \.recycles) { try recycleBin.sync() }
        let removed = try going(named.map(\.doomed), &failures) { try uploads.remove($0.file.path.text) }.map(\.doomed)
        for folder in Set(removed.map(\.file.path.folder)) { try (folder.isEmpty ? uploads : openIfThere(folder))?.sync() }
        let done = Set(try going(removed, &failures) { try forgetDerived(of: $0.file.path) }.map(\.doomed.file.id))
        try database.write {
            for (doomed, name) in named where done.contains(doomed.file.id) {
                if doomed.recycles {
                    try rows.endDeletion(of: doomed.file.id, recycledAs: name)
                } else {
                    try rows.remove(doomed.file.id)
                }
            }
        }
        return failures
    }

    /// Those with which a step succeeds; where it does not, that is noted.
    private func going<Value>(_ files: [Doomed], _ failures: inout [UnfinishedDeletion], _ step: (Doomed) throws -> Value) throws
        -> [(doomed: Doomed, value: Value)] {
        var succeeded: [(Doomed, Value)] = []
        for doomed in files {
            do {
                succeeded.append((doomed, try step(doomed)))
            } catch let error as DatabaseError {
                throw error
            } catch {
                failures.append(UnfinishedDeletion(path: doomed.file.path.text, cause: error))
            }
        }
        return succeeded
    }

    /// - Returns: its name there: the flat one, with the file's number where another file has that; nil when the file is nowhere.
    ///   Somebody removed it by hand then. It was to go, so that is no reason to stop.
    private func linkIntoRecycleBin(_ file: StoredFile) throws -> String? {
        if isMissing(file) { return try halfRecycled(file).first }
        let (flat, own) = names(of: file)
        // A deletion that was interrupted may have come as far as the second name.
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

    /// Its names in the recycle bin where an interrupted deletion has put it already.
    private func halfRecycled(_ file: StoredFile) throws -> [String] {
        let (flat, own) = names(of: file)
        let present = try? uploads.file(file.path.text)
        guard present != nil || isMissing(file) else { return [] }
        return try [own, flat].filter { name in
            guard let there = try? recycleBin.file(name), try !knowsRecycled(name) else { return false }
            return present.map { $0.isSame(as: there) } ?? true
        }
    }

    private func names(of file: StoredFile) -> (flat: String, own: String) {
        (FlatName.of(file.path, number: nil), FlatName.of(file.path, number: file.id))
    }

    /// Whether it is certain that it is not there.
    private func isMissing(_ file: StoredFile) -> Bool {
        do {
            _ = try uploads.file(file.path.text)
            return false
        } catch {
            return (error as? DiskError)?.kind == .missing
        }
    }

    /// What was made from a picture goes with it, the small picture too that EasyImages kept in its cache folder: under the flat name
    /// or, when it was made at the upload, under the date and the name alone.
    func forgetDerived(of path: StoredPath) throws {
        try whenRemoved(path)
        var names = [path.flat]
        if let dated = StoredPath(path.text.split(separator: "/").suffix(4).joined(separator: "/")), dated != path,
           try file(at: dated) == nil { names.append(dated.flat) }
        for name in names where name.utf8.count <= StoredPath.maximumPartLength { try uploads.remove("cache/" + name) }
    }
}
