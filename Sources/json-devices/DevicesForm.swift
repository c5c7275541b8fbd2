// The query of the list of devices.

import HTTP
import Site
import SyncAPI
import SyncStore

struct DevicesForm {
    let caller: SyncCaller
    let key: FileKey?
    let page: Page

    init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.optionalFileKey
        page = visit.query.page
    }
}
