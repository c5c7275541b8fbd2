// The query of the list of conflicts.

import Database
import HTTP
import Site
import SyncAPI
import SyncStore

struct ConflictsForm {
    let caller: SyncCaller
    let key: FileKey?
    let isResolved: Bool
    let page: Paging

    init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.optionalFileKey
        isResolved = try visit.query.integer("resolved", 0...1) == 1
        page = visit.query.page
    }
}
