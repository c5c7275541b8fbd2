// Small files that are kept up to date: whoever reads one finds the old text or the new one, never half of either.

import Glibc

extension Folder {
    /// Puts `bytes` in the place of what a file of this folder holds, durably.
    ///
    /// - Parameter mode: of the new file, whatever the old one's was.
    public func replace(_ name: String, with bytes: [UInt8], mode: UInt32) throws {
        let temporary = ".\(name.prefix(200)).\(getpid())"
        unlinkat(descriptor, temporary, 0)
        let file = openBeneath(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: UInt64(mode))
        guard file >= 0 else { throw DiskError("make", place(temporary)) }
        defer { close(file) }
        do {
            try bytes.withUnsafeBytes { try Transfer.write($0, to: file, path: place(name)) }
            guard fchmod(file, mode) == 0, fsync(file) == 0, renameat(descriptor, temporary, descriptor, name) == 0 else {
                throw DiskError("replace", place(name))
            }
        } catch {
            unlinkat(descriptor, temporary, 0)
            throw error
        }
        try sync()
    }

    /// All bytes of a small file.
    ///
    /// - Returns: nil where there is none.
    /// - Throws: `DiskError`; EFBIG for one over the limit.
    public func bytes(of relative: String, limit: Int) throws -> [UInt8]? {
        let file: File
        do { file = try self.file(relative) } catch let error as DiskError where error.kind == .missing { return nil }
        guard file.size <= limit else { throw DiskError("read", place(relative), code: EFBIG) }
        var bytes = [UInt8](repeating: 0, count: file.size)
        let count = try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        return count == bytes.count ? bytes : Array(bytes.prefix(count))
    }
}
