// /admin/files.php: everybody's files and the recycle bin, for administrators; POST acts on several files.

import FilePages
import Pages
import Responder

serve("admin-files", dialect: .page) { visit in
    try visit.require(\.pages.showsFiles)
    let (account, service) = (try visit.administrator, SiteFiles(site: visit.site))
    switch try SiteFilesForm(visit, account) {
    case .look(let list):
        let shown = try service.shown(list)
        return try FileListReply(shown.gallery, list, visit.frame, DoneFiles(visit.query), owners: shown.owners)
    case .act(let wish): return try visit.carryOut(wish, from: "admin-files")
    }
}
