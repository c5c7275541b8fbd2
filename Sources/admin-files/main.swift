// /admin/files.php: everybody's files and the recycle bin, for administrators; POST acts on those that are selected, or on all of a list.

import FilePages
import Pages
import Responder

serve("admin-files", dialect: .page) { visit in
    try visit.require(\.pages.showsFiles)
    let account = try visit.administrator
    let outcome = try SiteFiles(visit, account).carryOut(SiteFilesForm(visit, account))
    return SiteFilesReply(outcome: outcome, frame: try visit.frame, done: DoneFiles(visit.query), wantsJSON: visit.wantsJSON)
}
