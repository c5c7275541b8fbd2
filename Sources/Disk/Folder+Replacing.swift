// Small files that are replaced atomically: readers see the old or the new content, never a mixture.

import Glibc

extension Folder {
    /// Replaces the content of a file in this folder atomically and durably.
    ///
    /// - Parameter mode: of the new file, whatever that of the old one.
    public func replace(_ name: String, with bytes: [UInt8], mode: UInt32) throws {
        try replace(name, mode: mode) { file in try bytes.withUnsafeBytes { try Transfer.write($0, to: file, path: place(name)) } }
    }

    /// The same with the bytes of another file, of any size.
    ///
    /// - Parameter isNameDurable: false where several files are replaced, and `sync` is called after the last one.
    public func replace(_ name: String, with source: File, mode: UInt32, isNameDurable: Bool = true) throws {
        try replace(name, mode: mode, isNameDurable: isNameDurable) { file in try source.forEachPiece { try Transfer.write($0, to: file, path: place(name)) } }
    }

    private func replace(_ name: String, mode: UInt32, isNameDurable: Bool = true, write: (Int32) throws -> Void) throws {
        let temporary = ".\(name.prefix(200)).\(getpid())"
        unlinkat(descriptor, temporary, 0)
        let file = openBeneath(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: UInt64(mode))
        guard file >= 0 else { throw DiskError("make", place(temporary)) }
        defer { close(file) }
        do {
            try write(file)
            guard fchmod(file, mode) == 0, fsync(file) == 0, renameat(descriptor, temporary, descriptor, name) == 0 else {
                throw DiskError("replace", place(name))
            }
        } catch {
            unlinkat(descriptor, temporary, 0)
            throw error
        }
        if isNameDurable { try sync() }
    }

    /// All bytes of a small file.
    ///
    /// - Returns: nil if it does not exist.
    /// - Throws: `DiskError`; EFBIG if it is larger than the limit.
    public func bytes(of relative: String, limit: Int) throws -> [UInt8]? {
        let file: File
        do { file = try self.file(relative) } catch let error as DiskError where error.kind == .missing { return nil }
        guard file.size <= limit else { throw DiskError("read", place(relative), code: EFBIG) }
        var bytes = [UInt8](repeating: 0, count: file.size)
        let count = try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        return count == bytes.count ? bytes : Array(bytes.prefix(count))
    }
}
