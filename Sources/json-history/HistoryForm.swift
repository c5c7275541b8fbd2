// The query of a version history.

import Database
import HTTP
import Site
import SyncAPI
import SyncStore

struct HistoryForm {
    let caller: SyncCaller
    let key: FileKey
    let page: Paging

    init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.fileKey
        page = visit.query.page
    }
}
