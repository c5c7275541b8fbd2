// Files of this folder by the bytes of their names, which need not be text: other programs named them.

import Glibc

extension Folder {
    /// Opens a regular file for reading.
    ///
    /// - Parameter name: of `FolderEntry`.
    public func file(_ name: [UInt8]) throws -> File {
        let opened = try withName(name) { openBeneath($0, O_RDONLY | O_NONBLOCK) }
        guard opened >= 0 else { throw DiskError("open", shown(name)) }
        return try File(adopting: opened, path: shown(name))
    }

    /// Removes a file, durably.
    ///
    /// - Returns: false if there is none of this name.
    public func removeFile(_ name: [UInt8]) throws -> Bool {
        guard try withName(name, { unlinkat(descriptor, $0, 0) }) == 0 else {
            if errno == ENOENT || errno == EISDIR { return false }
            throw DiskError("remove", shown(name))
        }
        try sync()
        return true
    }

    /// Gives a file another name, which no other file has. An interrupted call can be repeated.
    ///
    /// - Returns: false if there is no such file, or another one has the new name.
    public func rename(_ name: [UInt8], to new: String) throws -> Bool {
        guard let here = try? file(name) else { return false }
        if try withName(name, { linkat(descriptor, $0, descriptor, new, 0) }) != 0 {
            guard errno == EEXIST else { throw DiskError("rename", shown(name)) }
            guard let there = try? file(new), there.isSame(as: here) else { return false }
        }
        try sync()
        return try removeFile(name)
    }

    private func withName<Value>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Value) throws -> Value {
        guard !name.isEmpty, !name.contains(0), !name.contains(Folder.slash) else { throw DiskError("open", shown(name), code: EINVAL) }
        return (name + [0]).withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
    }

    private func shown(_ name: [UInt8]) -> String { place(String(decoding: name, as: UTF8.self)) }
}
