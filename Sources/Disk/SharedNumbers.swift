// Numbers that many short-lived processes change together: a small file that each of them maps, as SQLite maps the index of its write-ahead
// log. A change is one instruction in memory, without a lock that a killed process could keep; it outlives every process, and a power
// failure costs at most the last seconds.

internal import CDisk
import Glibc

/// Numbers in a file, 0 at first. Unmapped on deinit.
public final class SharedNumbers {
    private let start: UnsafeMutablePointer<UInt64>
    public let count: Int

    /// Opens the file or creates it.
    ///
    /// - Parameters:
    ///   - name: of a file that is used with this number of numbers alone.
    ///   - count: at least 1.
    /// - Throws: `DiskError`; nothing is mapped that the disk has no room for, because writing there would end the process (SIGBUS).
    public init(_ name: String, count: Int, in folder: Folder) throws {
        let descriptor = folder.openBeneath(name, O_RDWR | O_CREAT | O_NONBLOCK, mode: 0o600)
        guard descriptor >= 0 else { throw DiskError("open", folder.place(name)) }
        defer { close(descriptor) }
        let length = SharedNumbers.length(count)
        guard let status = FileStatus(of: descriptor), status.kind == .file else { throw DiskError("open", folder.place(name), code: EINVAL) }
        let code = status.size < length ? posix_fallocate(descriptor, 0, off_t(length)) : 0
        guard code == 0 else { throw DiskError("make room in", folder.place(name), code: code) }
        guard let memory = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED else {
            throw DiskError("map", folder.place(name))
        }
        start = memory.bindMemory(to: UInt64.self, capacity: count)
        self.count = count
    }

    deinit { munmap(start, SharedNumbers.length(count)) }

    private static func length(_ count: Int) -> Int { count * MemoryLayout<UInt64>.stride }

    public subscript(place: Int) -> UInt64 {
        precondition((0..<count).contains(place))
        return imagebed_counted(start + place)
    }

    public func add(_ more: UInt64, at place: Int) {
        precondition((0..<count).contains(place))
        imagebed_count(start + place, more)
    }

    /// Writes a number unless another process has changed it since it was read.
    ///
    /// - Returns: whether it was written.
    public func replace(_ seen: UInt64, with next: UInt64, at place: Int) -> Bool {
        precondition((0..<count).contains(place))
        return imagebed_replace(start + place, seen, next) != 0
    }
}
