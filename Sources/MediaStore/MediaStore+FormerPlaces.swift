// A picture in the recycle bin remembers the path where it was, and no two rows may have the same one. An upload passes such a name
// over, as if the file were there: caches were told that a name is never used twice, and what was deleted can come back. But
// somebody else (EasyImages after a rollback, an operator by hand) may put a file there; then the one in the bin gives way.

import Media

extension MediaStore {
    /// Lets a file that lies at the path of a deleted one have a row. The deleted one is itself the file when it is no longer in the
    /// recycle bin: then its row is alive again. Else it would come back beside it, under the next free name.
    func makeRoom(for file: AdoptedFile) throws {
        guard let former = try rows.recycled(from: file.path) else { return }
        if former.size == file.size, !recycleBin.holds(former.name ?? file.path.flat) {
            try rows.bringBack(former.id)
            return
        }
        for number in 1..<Placement.tries {
            guard let beside = file.path.numbered(number) else { break }
            guard try !knows(beside), !uploads.holds(beside.text) else { continue }
            try rows.move(former.id, to: beside)
            return
        }
        throw MediaStoreError.noFreeName
    }
}

extension StoredPath {
    /// The path with "_1" and so on before the extension; nil when no name is left of that length.
    func numbered(_ number: Int) -> StoredPath? {
        let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
        let end = "_\(number)\(name[dot...])"
        var body = String(name[..<dot])
        while body.utf8.count + end.utf8.count > StoredPath.maximumPartLength, !body.isEmpty { body.removeLast() }
        return StoredPath((folder.isEmpty ? "" : folder + "/") + body + end)
    }
}
