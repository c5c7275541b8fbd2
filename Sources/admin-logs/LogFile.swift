// A log as a file for spreadsheet programs. It is written as it is read, a part at a time, because a log has up to a million rows.

import Accounts
import HTTP
import MediaStore
import Text
import Time
import Words

struct LogFile: Reply {
    let form: LogForm
    let words: LogWords
    /// Gives all rows, a part at a time.
    let parts: (_ body: (ShownLog.Rows, _ owners: [Int: String]) throws -> Void) throws -> Void

    var response: Response {
        var response = Response(.ok, body: .stream { write in
            try LogFile.put([CSVLine.byteOrderMark + CSVLine.format(heading)], write)
            try parts { rows, owners in try LogFile.put(lines(rows, owners), write) }
        })
        response.headers.set("Content-Type", "text/csv; charset=utf-8")
        response.headers.set("Content-Disposition", ContentDisposition.attachment(name))
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Cache-Control", "no-store")
        return response
    }

    private var name: String {
        "\(form.log == .uploads ? "uploads" : "sign-ins")\(form.month.map { "-" + $0.text.replacing("/", with: "-") } ?? "").csv"
    }

    private static func put(_ lines: [String], _ write: (UnsafeRawBufferPointer) throws -> Void) throws {
        try Array(lines.joined().utf8).withUnsafeBytes(write)
    }

    private var heading: [String] {
        switch form.log {
        case .uploads: [words.time, words.originalName, words.path, words.bytes, words.account, words.address, words.program, words.way, words.state]
        case .signIns: [words.time, words.result, words.account, words.address, words.program]
        }
    }

    private func lines(_ rows: ShownLog.Rows, _ owners: [Int: String]) -> [String] {
        switch rows {
        case .uploads(let part): part.entries.map { CSVLine.format(cells($0, owners)) }
        case .signIns(let part): part.entries.map { CSVLine.format(cells($0)) }
        }
    }

    private func cells(_ upload: LoggedUpload, _ owners: [Int: String]) -> [String] {
        let file = upload.file, sender = upload.sender
        return [
            SiteTime(file.createdAt).text, file.originalName, file.path.text, "\(file.size)", file.owner.map { owners[$0] ?? "\($0)" } ?? words.visitor,
            sender?.address ?? "", sender?.userAgent ?? "", sender.map { words.way($0.way) } ?? "",
            upload.isRecycled ? words.recycled : file.isPublic ? "" : words.unlisted,
        ]
    }

    private func cells(_ entry: LoggedSignIn) -> [String] {
        [SiteTime(entry.triedAt).text, words.text(for: entry.result), entry.account ?? "", entry.browser.address, entry.browser.userAgent]
    }
}
