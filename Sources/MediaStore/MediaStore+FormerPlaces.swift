// A row in the recycle bin keeps its former path, and paths are unique. An upload never gets such a path: caches were told that a URL
// never changes its content, and the deleted file can be restored. But another program (EasyImages after a rollback) or an operator may
// put a file there; then the deleted row must release the path.

import Media

extension MediaStore {
    /// Whether a path is that of no row, and of none that a replacement is about to insert.
    func isFree(_ path: StoredPath) throws -> Bool { try replacements.isFree(path) }

    /// Releases the path of a deleted row for an adopted file. If the deleted file is not in the recycle bin any more, the adopted file is
    /// taken to be the same one, and its row becomes current again. Otherwise the deleted row gets the next free path.
    func makeRoom(for file: AdoptedFile) throws {
        guard let former = try rows.recycled(from: file.path) else { return }
        if isBack(file, former) {
            try rows.bringBack(former.id)
            return
        }
        for number in 1..<Placement.tries {
            guard let beside = file.path.numbered(number) else { break }
            guard try isFree(beside), !uploads.holds(beside.text) else { continue }
            try rows.move(former.id, to: beside)
            return
        }
        throw MediaStoreError.noFreeName
    }

    /// Whether a file is that of the deleted row with its path: it has the same size, and is not in the recycle bin.
    func isBack(_ file: AdoptedFile, _ former: (id: Int, size: Int, name: String?)?) -> Bool {
        guard let former else { return false }
        return former.size == file.size && !recycleBin.holds(former.name ?? file.path.flat)
    }
}

extension StoredPath {
    /// The path with "_1" and so on before the extension; nil if the name would be too long.
    public func numbered(_ number: Int) -> StoredPath? {
        let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
        let end = "_\(number)\(name[dot...])"
        var body = String(name[..<dot])
        while body.utf8.count + end.utf8.count > StoredPath.maximumPartLength, !body.isEmpty { body.removeLast() }
        return StoredPath((folder.isEmpty ? "" : folder + "/") + body + end)
    }
}
