// Reads the log that a form asks for.

import Accounts
import Database
import MediaStore
import Pages
import Settings
import Site
import Text
import Time

/// What the page shows.
struct ShownLog {
    enum Rows {
        case uploads(RowPart<LoggedUpload>)
        case signIns(RowPart<LoggedSignIn>)
    }

    let rows: Rows
    /// The months from the oldest row on, newest first.
    let months: [SiteMonth]
    /// Names of the accounts that own the shown files, by their ids.
    let owners: [Int: String]
}

struct LogService {
    let site: Site

    func shown(_ form: LogForm) throws -> ShownLog {
        switch form.log {
        case .uploads:
            let part = try uploads(form, from: form.position ?? .beginning, size: UploadLogRequest.usualSize)
            return ShownLog(rows: .uploads(part), months: months(since: try site.store.uploadLogBeginning()), owners: try owners(of: part))
        case .signIns:
            let part = try signIns(form, from: form.position ?? .beginning, size: SignInLogRequest.usualSize)
            return ShownLog(rows: .signIns(part), months: months(since: try site.accounts.signInLogBeginning()), owners: [:])
        }
    }

    /// All rows of the form's search, a part at a time.
    func each(_ form: LogForm, _ body: (ShownLog.Rows, _ owners: [Int: String]) throws -> Void) throws {
        var next: RowPosition? = .beginning
        while let position = next {
            switch form.log {
            case .uploads:
                let part = try uploads(form, from: position, size: LogService.partOfFile)
                try body(.uploads(part), owners(of: part))
                next = part.next
            case .signIns:
                let part = try signIns(form, from: position, size: LogService.partOfFile)
                try body(.signIns(part), [:])
                next = part.next
            }
        }
    }

    /// Rows that are in memory at once.
    private static let partOfFile = 500

    private func uploads(_ form: LogForm, from position: RowPosition, size: Int) throws -> RowPart<LoggedUpload> {
        let search: UploadSearch = switch form.field {
        case _ where form.text.isEmpty: .everything
        case .address: .address(LogService.address(form.text))
        case .name: .name(form.text)
        case .account: .account(try site.accounts.account(named: form.text)?.id ?? LogService.nobody)
        }
        return try site.store.uploadLog(UploadLogRequest(search, in: form.seconds, from: position, size: size))
    }

    private func signIns(_ form: LogForm, from position: RowPosition, size: Int) throws -> RowPart<LoggedSignIn> {
        let search: SignInSearch = switch form.field {
        case _ where form.text.isEmpty: .everything
        case .address: .address(LogService.address(form.text))
        case .name, .account: .account(try site.accounts.account(named: form.text)?.id ?? LogService.nobody)
        }
        return try site.accounts.signInLog(SignInLogRequest(search, in: form.seconds, from: position, size: size))
    }

    /// An id that no account has.
    private static let nobody = -1

    /// An address has many spellings; the logs have one.
    private static func address(_ text: String) -> String { IPAddress(text)?.description ?? text }

    private func owners(of part: RowPart<LoggedUpload>) throws -> [Int: String] {
        try Set(part.entries.compactMap(\.file.owner)).reduce(into: [:]) { names, id in names[id] = try site.accounts.account(id)?.name }
    }

    private func months(since seconds: Int?) -> [SiteMonth] {
        guard let seconds else { return [] }
        let (oldest, now) = (SiteMonth(of: SiteDay(of: seconds)), SiteMonth(of: .today))
        var months = [now]
        while months.count < LogService.monthLimit, let last = months.last, last > oldest { months.append(last.previous) }
        return months
    }

    /// Twenty years.
    private static let monthLimit = 240
}

extension LogForm {
    fileprivate var seconds: Range<Int> { month?.seconds ?? 0..<Int.max }
}
