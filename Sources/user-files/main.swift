// /user/files.php: an account's files, those that are not in the gallery, and its recycle bin; POST acts on several files.

import FilePages
import Pages
import Responder

serve("user-files", dialect: .page) { visit in
    let account = try visit.ownAccount
    switch try FilesForm(visit, account) {
    case .look(let list): return try FileListReply(visit.site.store.gallery(list.request, withMonths: list.showsMonths), list, visit.frame, DoneFiles(visit.query))
    case .act(let wish): return try visit.carryOut(wish, from: "user-files")
    }
}
