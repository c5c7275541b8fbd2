// The query of a history.

import HTTP
import Site
import SyncAPI
import SyncStore

struct HistoryForm {
    let caller: SyncCaller
    let key: FileKey
    let page: Page

    init(_ request: Request, _ site: Site) throws {
        caller = try site.syncCaller(of: request)
        key = try request.query.fileKey
        page = request.query.page
    }
}
