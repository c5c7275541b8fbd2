// What the query of the log page asks for. No value is an error: unknown words mean the default, and a place that is none means the beginning.

import Database
import HTTP
import Text
import Time

struct LogForm {
    enum Log: String { case uploads, signIns = "login" }

    /// In what is searched.
    enum Field: String, CaseIterable { case name, address, account }

    let log: Log
    /// nil for all months.
    let month: SiteMonth?
    let field: Field
    /// As it was entered; empty for none.
    let text: String
    let position: RowPosition?
    /// Whether it is asked for as a file.
    let isFile: Bool

    init(_ query: Query) {
        // The replaced program's log of logins had the address viewlog.php?login_log.
        log = query.all("log").last.flatMap { Log(rawValue: $0) } ?? (query.all("login_log").isEmpty ? .uploads : .signIns)
        month = query.all("month").last.flatMap { SiteMonth($0.replacing("-", with: "/")) }
        let fields = LogForm.fields(of: log)
        field = query.all("by").last.flatMap { Field(rawValue: $0) }.flatMap { fields.contains($0) ? $0 : nil } ?? fields[0]
        text = String((query.all("q").last ?? "").prefix(LogForm.searchLimit)).pasted
        position = query.all("before").last.flatMap { RowPosition($0) }
        isFile = query.all("format").last == "csv"
    }

    var fields: [Field] { LogForm.fields(of: log) }

    /// The first one is that of a search that names none.
    private static func fields(of log: Log) -> [Field] { log == .uploads ? Field.allCases : [.address, .account] }

    /// Maximum characters of a search; the rest is ignored.
    static let searchLimit = 100
}
