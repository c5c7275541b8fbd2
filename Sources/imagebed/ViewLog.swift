// Reads the log from where the last reading ended: the file that the web server writes now, and before it those that a rotation has put
// aside. How far that was is written together with the counts, in one transaction: whatever is interrupted, no line counts twice and
// none is passed over.

import Disk
import Media
import Site
import Time

/// What one reading found.
struct ViewReport {
    var lines = 0
    var views = 0
    /// What the operator should know.
    var remarks: [String] = []
}

final class ViewLog {
    private let site: Site
    private let places: [String]
    private var report = ViewReport()
    private var pending: [StoredPath: Int] = [:]

    /// Far longer than any line can be.
    private static let chunkLength = 1 << 18
    /// Files whose views wait for the database; then there is a transaction, so that memory stays bounded.
    private static let pendingLimit = 10_000
    /// Bytes after which what was read is remembered, so that a run that is ended need not be done again.
    private static let saveLength = 4 << 20
    /// Bytes of one file in one run, four times as long as a log that is put aside in time: whatever its writer does, a run ends.
    private static let readLimit = 64 << 20
    /// Seconds after which nobody writes any more to the file that a former version had: no download lasts so long.
    private static let patience = 86_400

    /// - Parameter places: the paths under which files are served.
    init(_ site: Site, places: [String]) {
        self.site = site
        self.places = places
    }

    func read() throws -> ViewReport {
        try readFormer()
        for path in ViewLogFolder.names.map({ "\(ViewLogFolder.path(of: site.data))/\($0)" }) {
            if let file = try ViewLogFile(at: path) { try read(file) }
        }
        try site.database.write { try site.forgetOldLogs() }
        return report
    }

    /// The log that former versions of an installed site had in the data folder: processes of the web server that were there before the
    /// upgrade go on writing to it until their last download ends.
    private func readFormer() throws {
        guard site.data.viewLog != site.data.ownViewLog, let data = try? Folder(site.data.path),
              let file = try ViewLogFile(DataFolder.ownViewLogName, in: data) else { return }
        try read(file)
        if file.modified < Now.seconds - ViewLog.patience { try data.remove(DataFolder.ownViewLogName) }
    }

    private func read(_ file: ViewLogFile) throws {
        let row = try site.row(of: file)
        // A shorter file is a log that was emptied.
        var offset = try site.store.counters.value(row) ?? file.start
        if offset > file.size { offset = 0 }
        var buffer = [UInt8](repeating: 0, count: ViewLog.chunkLength)
        var (rest, saved) = (ViewLog.readLimit, offset)
        while rest > 0 {
            let count = try file.read(at: offset, into: &buffer)
            let length = ViewLog.lengthOfWholeLines(in: buffer[..<count])
            if length == 0 { break }
            for line in buffer[..<length].split(separator: UInt8(ascii: "\n")) { take(line) }
            offset += length
            rest -= count
            // (No line ends so: somebody has made the file longer than it is.)
            if buffer[length - 1] == 0 { offset = file.dataOffset(from: offset) }
            if pending.count < ViewLog.pendingLimit && offset - saved < ViewLog.saveLength { continue }
            try save(row, offset)
            saved = offset
        }
        try save(row, offset)
        if rest <= 0, offset < file.size {
            report.remarks.append("\(file.path) is longer than is read at once: \((file.size - offset) >> 20) MB are left for the next runs")
        }
    }

    /// What follows the last line end is not a line yet; a full buffer without any is no line of ours and passed over.
    private static func lengthOfWholeLines(in bytes: ArraySlice<UInt8>) -> Int {
        if let last = bytes.lastIndex(of: UInt8(ascii: "\n")) { return last + 1 }
        return bytes.count == chunkLength ? chunkLength : 0
    }

    private func take(_ line: ArraySlice<UInt8>) {
        report.lines += 1
        // (Zeros are before what is written behind the end of a file.)
        guard let path = ViewLine.viewed(line.drop { $0 == 0 }, below: places) else { return }
        report.views += 1
        pending[path, default: 0] += 1
    }

    private func save(_ row: String, _ offset: Int) throws {
        try site.database.write {
            try site.store.addViews(pending)
            try site.store.counters.set(row, to: offset)
        }
        pending.removeAll(keepingCapacity: true)
    }
}

extension Site {
    /// The name of the counter that has how far a file was read.
    fileprivate func row(of file: ViewLogFile) throws -> String {
        if let name = file.name { return "view_log \(name)" }
        // So versions did that knew one file alone.
        if try store.counters.value("view_log_inode") == file.inode { return "view_log_offset" }
        return "view_log inode \(file.inode)"
    }

    /// Files are named by their time, so that the last names are those of the files that are there.
    fileprivate func forgetOldLogs() throws {
        // "!" is the character behind the blank.
        try store.counters.remove(from: "view_log ", to: "view_log!", butLast: 100)
    }
}
