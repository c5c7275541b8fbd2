// What a request to the page of everybody's files asks for.

import Accounts
import FilePages
import HTTP
import Pages
import Site

enum SiteFilesForm {
    case look(FileListForm)
    case act(BulkWish)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have, or with too many files.
    init(_ visit: Visit, _ account: Account) throws {
        self = visit.request.method == .post ? .act(try BulkWish(visit, account)) : .look(try SiteFilesForm.list(visit, visit.query))
    }

    private static func list(_ visit: Visit, _ query: Query) throws -> FileListForm {
        let filters = try SiteFilters(query, visit.settings) { try visit.site.accounts.account(named: $0)?.id }
        return FileListForm(query, at: .everybody(filters))
    }
}
