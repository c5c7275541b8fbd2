// The query of the list of devices.

import HTTP
import Site
import SyncAPI
import SyncStore

struct DevicesForm {
    let caller: SyncCaller
    let key: FileKey?
    let page: Page

    init(_ request: Request, _ site: Site) throws {
        caller = try site.syncCaller(of: request)
        key = try request.query.optionalFileKey
        page = request.query.page
    }
}
