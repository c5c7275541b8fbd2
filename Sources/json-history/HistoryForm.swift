// The query of a history.

import House
import HTTP
import SyncAPI
import SyncStore

struct HistoryForm {
    let caller: SyncCaller
    let key: FileKey
    let page: Page

    init(_ request: Request, _ house: House) throws {
        caller = try house.syncCaller(of: request)
        key = try request.query.fileKey
        page = request.query.page
    }
}
