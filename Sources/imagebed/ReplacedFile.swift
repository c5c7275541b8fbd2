// The small files that the web server includes: changed whole, or not at all, because half a line of configuration would
// stop the whole site at its next reload.

import Disk
import Glibc

enum ReplacedFile {
    /// Puts `text` in the place of what the file holds.
    ///
    /// - Returns: false when the file held the same before.
    /// - Throws: `DiskError`.
    static func write(_ text: String, to path: String) throws -> Bool {
        if read(path) == text { return false }
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw DiskError("make", temporary) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0, rename(temporary, path) == 0
        else {
            let error = DiskError("replace", path)
            unlink(temporary)
            throw error
        }
        try Folder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])).sync()
        return true
    }

    /// What the file holds, up to 64 KB; nil where it cannot be read.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
