// What a request to the page of everybody's files asks for.

import Accounts
import EasyImagesAPI
import FilePages
import HTTP
import MediaStore
import Pages
import Responder
import Site

enum SiteFilesForm {
    case look(FileListForm)
    /// What is to be done with all files of a list?
    case ask(FileListForm)
    case suspects(SuspectsView, SuspectsDone?)
    /// The state of what is being done with all.
    case task
    case act(BulkWish)
    /// - Parameter word: what was typed to confirm it.
    case begin(BulkAction, FileListForm, word: String)
    case goOn
    case restoreSuspects([SuspectName])
    case deleteSuspects([SuspectName])
    case forget

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have, or with too many files.
    init(_ visit: Visit, _ account: Account) throws {
        guard visit.request.method == .post else {
            self = try SiteFilesForm(asking: visit)
            return
        }
        let form = try visit.ownForm()
        switch (form.first("action"), form.first("filter")) {
        case ("go_on", _): self = .goOn
        case ("forget", _): self = .forget
        case ("restore_suspects", _): self = .restoreSuspects(try SiteFilesForm.names(form))
        case ("delete_suspects", _): self = .deleteSuspects(try SiteFilesForm.names(form))
        case (let word?, let filter?):
            guard let action = BulkAction(rawValue: word) else { throw Problem(.badRequest, says: "Unknown action") }
            self = .begin(action, try SiteFilesForm.list(visit, Query(filter)), word: form.first("word") ?? "")
        default: self = .act(try BulkWish(visit, account, form))
        }
    }

    private init(asking visit: Visit) throws {
        let query = visit.query
        if query.first("task") != nil {
            self = .task
        } else if query.all("in").last == SuspectsView.word {
            self = .suspects(SuspectsView(after: query.first("after").map { SuspectName(field: $0) }), SuspectsDone(query))
        } else {
            let list = try SiteFilesForm.list(visit, query)
            self = query.first("all") == nil ? .look(list) : .ask(list)
        }
    }

    private static func names(_ form: Query) throws -> [SuspectName] {
        let names = form.all("name[]")
        guard names.count <= MediaStore.bulkLimit else { throw Problem(.badRequest, says: "At most \(MediaStore.bulkLimit) files at once") }
        return names.map { SuspectName(field: $0) }
    }

    static func list(_ visit: Visit, _ query: Query) throws -> FileListForm {
        let filters = try SiteFilters(query, visit.settings) { try visit.site.accounts.account(named: $0)?.id }
        return FileListForm(query, at: .everybody(filters))
    }
}
