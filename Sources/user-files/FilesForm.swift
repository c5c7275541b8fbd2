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

/// An action on several files.
struct BulkWish {
    let action: BulkAction
    let ids: [Int]
    /// Whose files; nil for anybody's.
    let owner: Int?
    /// The page that the browser comes from.
    let back: OwnPath
    let wantsJSON: Bool

    init(_ visit: Visit, _ account: Account) throws {
        let form = try visit.ownForm()
        guard let action = form.first("action").flatMap({ BulkAction(rawValue: $0) }) else { throw Problem(.badRequest, says: "Unknown action") }
        self.action = action
        // The buttons of a card name its file in the address.
        ids = (visit.query.all("only").last.map { [$0] } ?? form.all("id[]")).compactMap { Int($0) }
        guard ids.count <= MediaStore.bulkLimit else { throw Problem(.badRequest, says: "At most \(MediaStore.bulkLimit) files at once") }
        owner = account.role == .admin ? nil : account.id
        back = OwnPath(back: form.all(PageFrame.backField).last, of: try visit.settings.baseURL)
        wantsJSON = visit.request.header("Accept")?.contains("application/json") == true
    }
}
