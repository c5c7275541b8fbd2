// The query of the list of devices.

import Database
import HTTP
import Site
import SyncAPI
import SyncStore

struct DevicesForm {
    let caller: SyncCaller
    let key: FileKey?
    let page: Paging

    init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.optionalFileKey
        page = visit.query.page
    }
}
