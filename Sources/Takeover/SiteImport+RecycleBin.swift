// Files in the old recycle bin can be restored here if their former path is certain; the others are not changed.

import Disk
import EasyImages
import Media
import MediaStore

extension SiteImport {
    func takeRecycleBin(_ log: inout LogIndex) throws {
        let tree = try Folder(oldSite.store)
        let bin: Folder
        do { bin = try Folder(oldSite.recycleBin) } catch let error as DiskError where error.kind == .missing { return }
        var found: [AdoptedFile] = []
        for entry in try bin.listing() where entry.kind == .file {
            report.recycled.seen += 1
            guard let name = entry.name, !name.hasPrefix(".") else {
                report.recycled.leave(entry.shown, entry.name == nil ? .name : .hidden)
                continue
            }
            switch try meetRecycled(name, in: bin, tree, &log) {
            case .failure(let failure): report.recycled.leave(name, failure.reason)
            case .success(nil): report.recycled.known += 1
            case .success(let file?): found.append(file)
            }
        }
        let adoption = try adopt(found)
        report.recycled.added = adoption.files
        report.logs.senders += adoption.senders
    }

    /// - Returns: `.success(nil)` if the file has a row already.
    private func meetRecycled(_ name: String, in bin: Folder, _ tree: Folder, _ log: inout LogIndex) throws
        -> Result<AdoptedFile?, Unusable> {
        let logged = log.paths(flat: name)
        let path = logged.count == 1 ? logged[0] : FlatName.path(name, in: tree)
        let fact = path.flatMap { log.take($0) }
        if fact != nil { report.logs.recycled += 1 }
        if try site.store.knowsRecycled(name) { return .success(nil) }
        guard let path else { return .failure(Unusable(.unknownOrigin)) }
        guard try !site.store.knows(path), !rehearsed.paths.contains(path) else { return .failure(Unusable(.placeTaken)) }
        return look(at: name, in: bin).map { seen in seen.adopted(at: path, fact, recycledName: name) }
    }
}
