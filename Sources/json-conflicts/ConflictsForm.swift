// The query of the list of conflicts.

import HTTP
import Site
import SyncAPI
import SyncStore

struct ConflictsForm {
    let caller: SyncCaller
    let key: FileKey?
    let isResolved: Bool
    let page: Page

    init(_ request: Request, _ site: Site) throws {
        caller = try site.syncCaller(of: request)
        key = try request.query.optionalFileKey
        isResolved = try request.query.integer("resolved", 0...1) == 1
        page = request.query.page
    }
}
