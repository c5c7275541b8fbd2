// Reads the log from the last position: first rotated files, then the current one. The position is stored in the same transaction as the
// counts, so that after an interruption no line is counted twice or skipped.

import Disk
import Media
import Site
import Time
import WebServer

/// The result of one run.
struct ViewReport {
    var lines = 0
    var views = 0
    /// Messages for the operator.
    var remarks: [String] = []
}

final class ViewLog {
    private let site: Site
    private let places: [String]
    private var report = ViewReport()
    private var pending: [StoredPath: Int] = [:]

    /// Longer than any valid line.
    private static let chunkLength = 1 << 18
    /// Number of files with pending views at which they are committed, so that memory use is bounded.
    private static let pendingLimit = 10_000
    /// Bytes after which the position is stored, so that an interrupted run need not be repeated.
    private static let saveLength = 4 << 20
    /// Maximum bytes of one file in one run, four times the size of a rotated log, so that a run ends whatever the writer does.
    private static let readLimit = 64 << 20
    /// Seconds after which nobody writes to the log of an earlier version any more: no download takes longer.
    private static let patience = 86_400

    /// - Parameter places: the URL paths of files.
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

    /// The log that earlier versions of an installed site had in the data folder: web server processes from before the upgrade write to it
    /// until their last download ends.
    private func readFormer() throws {
        guard site.data.viewLog != site.data.ownViewLog, let data = try? Folder(site.data.path),
              let file = try ViewLogFile(DataFolder.ownViewLogName, in: data) else { return }
        try read(file)
        if file.modified < Now.seconds - ViewLog.patience { try data.remove(DataFolder.ownViewLogName) }
    }

    private func read(_ file: ViewLogFile) throws {
        let row = try site.row(of: file)
        // A file that is shorter than the position was truncated.
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
            // (A line cannot end in a zero byte: the file was extended beyond its content.)
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

    /// Text after the last line break is not complete yet; a full buffer without a line break is not a log line and is skipped.
    private static func lengthOfWholeLines(in bytes: ArraySlice<UInt8>) -> Int {
        if let last = bytes.lastIndex(of: UInt8(ascii: "\n")) { return last + 1 }
        return bytes.count == chunkLength ? chunkLength : 0
    }

    private func take(_ line: ArraySlice<UInt8>) {
        report.lines += 1
        // (Zero bytes precede a line that was written beyond the end of the file.)
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
    /// The name of the counter with the position in a file.
    fileprivate func row(of file: ViewLogFile) throws -> String {
        if let name = file.name { return "view_log \(name)" }
        // (Other nodes have other files of the same number.)
        let end = try node.map { "@" + $0 } ?? ""
        // Used by versions that had only one file.
        if try store.counters.value("view_log_inode" + end) == file.inode { return "view_log_offset" + end }
        return "view_log inode \(file.inode)" + end
    }

    /// Names contain the creation time, so the last names are those of existing files.
    fileprivate func forgetOldLogs() throws {
        // "!" is the character after the space.
        try store.counters.remove(from: "view_log ", to: "view_log!", butLast: 100)
    }
}
