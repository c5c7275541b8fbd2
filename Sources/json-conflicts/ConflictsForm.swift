// The query of the list of conflicts.

import House
import HTTP
import SyncAPI
import SyncStore

struct ConflictsForm {
    let caller: SyncCaller
    let key: FileKey?
    let isResolved: Bool
    let page: Page

    init(_ request: Request, _ house: House) throws {
        caller = try house.syncCaller(of: request)
        key = try request.query.optionalFileKey
        isResolved = try request.query.integer("resolved", 0...1) == 1
        page = request.query.page
    }
}
