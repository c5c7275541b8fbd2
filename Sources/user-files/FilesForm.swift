// What a request to the page of one's files asks for.

import Accounts
import FilePages
import HTTP
import MediaStore
import Pages
import Site
import Text

enum FilesForm {
    case look(FileListForm)
    case act(BulkWish)

    /// - Throws: `Problem` 403 for a form of another site, 400 for one that this page does not have, or with too many files.
    init(_ visit: Visit, _ account: Account) throws {
        self = visit.request.method == .post ? .act(try BulkWish(visit, account))
            : .look(FileListForm(visit.query, at: FileListPlace(visit.query.all("in").last, of: account.id)))
    }
}
