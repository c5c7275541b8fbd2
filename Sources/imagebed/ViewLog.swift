// Reads the log from where the last reading ended. How far that was is written together with the counts, in one transaction:
// whatever is interrupted, no line counts twice and none is passed over.

import Disk
import Glibc
import House
import Media

/// What one reading found.
struct ViewReport {
    var lines = 0
    var views = 0
    var isEmptied = false
}

final class ViewLog {
    private let house: House
    private let places: [String]
    private let descriptor: Int32
    private let inode: Int
    private var offset = 0
    private var report = ViewReport()
    private var pending: [StoredPath: Int] = [:]

    /// The log is emptied when it is longer than this and read to its end, in bytes.
    private static let lengthLimit = 16 << 20
    /// Far longer than any line can be.
    private static let chunkLength = 1 << 18
    /// Files whose views wait for the database; then there is a transaction, so that memory stays bounded.
    private static let pendingLimit = 10_000

    /// - Parameter places: the paths under which files are served.
    /// - Returns: nil when there is no log yet.
    init?(_ house: House, places: [String]) throws {
        var opened = open(house.data.viewLog, O_RDWR | O_CLOEXEC)
        if opened < 0 && errno == EACCES { opened = open(house.data.viewLog, O_RDONLY | O_CLOEXEC) }
        if opened < 0 && errno == ENOENT { return nil }
        guard opened >= 0 else { throw DiskError("open", house.data.viewLog) }
        var status = stat()
        fstat(opened, &status)
        descriptor = opened
        inode = Int(truncatingIfNeeded: status.st_ino)
        self.house = house
        self.places = places
        // Another file, or a shorter one, is a log that was begun again.
        if try house.counter("view_log_inode") == inode {
            let known = try house.counter("view_log_offset") ?? 0
            offset = known <= Int(status.st_size) ? known : 0
        }
    }

    deinit { close(descriptor) }

    func read() throws -> ViewReport {
        var buffer = [UInt8](repeating: 0, count: ViewLog.chunkLength)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(offset))
            guard count >= 0 else { throw DiskError("read", house.data.viewLog) }
            let length = ViewLog.lengthOfWholeLines(in: buffer[..<count])
            if length == 0 { break }
            for line in buffer[..<length].split(separator: UInt8(ascii: "\n")) { take(line) }
            offset += length
            if pending.count >= ViewLog.pendingLimit { try save() }
        }
        try save()
        try emptyIfLong()
        return report
    }

    /// What follows the last line end is not a line yet; a full buffer without any is no line of ours and passed over.
    private static func lengthOfWholeLines(in bytes: ArraySlice<UInt8>) -> Int {
        if let last = bytes.lastIndex(of: UInt8(ascii: "\n")) { return last + 1 }
        return bytes.count == chunkLength ? chunkLength : 0
    }

    private func take(_ line: ArraySlice<UInt8>) {
        report.lines += 1
        guard let path = ViewLine.viewed(line, below: places) else { return }
        report.views += 1
        pending[path, default: 0] += 1
    }

    private func save() throws {
        try house.database.write {
            try house.store.addViews(pending)
            try house.setCounter("view_log_inode", inode)
            try house.setCounter("view_log_offset", offset)
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// The web server appends, so it goes on at the start of the emptied file. A request that is logged between the look at
    /// the length and the emptying is not counted; that is the price of not stopping the web server.
    private func emptyIfLong() throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == offset, offset > ViewLog.lengthLimit else { return }
        guard ftruncate(descriptor, 0) == 0 else {
            return Output.remark("\(house.data.viewLog) cannot be emptied (\(String(cString: strerror(errno)))): give it to the "
                + "user that \(house.data.path) belongs to", .warning)
        }
        offset = 0
        try save()
        report.isEmptied = true
    }
}

extension House {
    fileprivate func counter(_ name: String) throws -> Int? {
        try database.first("SELECT value FROM counter WHERE name = ?", name) { $0.integer(0) }
    }

    fileprivate func setCounter(_ name: String, _ value: Int) throws {
        try database.run("INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
    }
}
