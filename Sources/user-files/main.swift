// /user/files.php: an account's files, those that are not in the gallery, and its recycle bin; POST acts on several files.

import FilePages
import Pages
import Responder

serve("user-files", dialect: .page) { visit in
    let account = try visit.ownAccount
    switch try FilesForm(visit, account) {
    case .look(let list): return try FileListReply(visit.site.store.gallery(list.request, withMonths: list.showsMonths), list, visit.frame, DoneFiles(visit.query))
    case .act(let wish):
        let outcome = try visit.site.store.carryOut(wish.action, on: wish.ids, of: wish.owner)
        for error in outcome.errors { Log.fail("\(wish.action.rawValue): \(error)", from: "user-files") }
        return try BulkReply(outcome: outcome, wantsJSON: wish.wantsJSON, page: DoneFiles(wish.action, outcome).page(wish.back, of: visit.settings.baseURL))
    }
}
