// Numbers that many short-lived processes count together: a small file that each of them maps, as SQLite maps the index of its write-ahead
// log. Counting is one instruction in memory; what was counted outlives every process, and a power failure costs at most the last seconds.

internal import CDisk
import Glibc

/// Numbers in a file, each of which only grows. Unmapped on deinit.
public final class SharedCounters {
    private let numbers: UnsafeMutablePointer<UInt64>
    private let count: Int

    /// Opens the file or creates it, with zeros.
    ///
    /// - Parameters:
    ///   - name: of a file that is used with this number of counters alone.
    ///   - count: at least 1.
    /// - Throws: `DiskError`; nothing is mapped that the disk has no room for, because writing there would end the process (SIGBUS).
    public init(_ name: String, count: Int, in folder: Folder) throws {
        let descriptor = folder.openBeneath(name, O_RDWR | O_CREAT | O_NONBLOCK, mode: 0o600)
        guard descriptor >= 0 else { throw DiskError("open", folder.place(name)) }
        defer { close(descriptor) }
        let length = SharedCounters.length(count)
        guard let status = FileStatus(of: descriptor), status.kind == .file else { throw DiskError("open", folder.place(name), code: EINVAL) }
        let code = status.size < length ? posix_fallocate(descriptor, 0, off_t(length)) : 0
        guard code == 0 else { throw DiskError("make room in", folder.place(name), code: code) }
        guard let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
            throw DiskError("map", folder.place(name))
        }
        numbers = start.bindMemory(to: UInt64.self, capacity: count)
        self.count = count
    }

    deinit { munmap(numbers, SharedCounters.length(count)) }

    private static func length(_ count: Int) -> Int { count * MemoryLayout<UInt64>.stride }

    /// Adds to the counter with this number.
    ///
    /// - Parameter more: not negative.
    public func add(_ more: Int, to number: Int) {
        precondition((0..<count).contains(number) && more >= 0)
        imagebed_count(numbers + number, UInt64(more))
    }

    /// What no program ever counts to is damage, of a disk for example, and means 0.
    public subscript(number: Int) -> Int {
        precondition((0..<count).contains(number))
        return Int(exactly: imagebed_counted(numbers + number)) ?? 0
    }
}
