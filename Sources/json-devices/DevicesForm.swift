// The query of the list of devices.

import House
import HTTP
import SyncAPI
import SyncStore

struct DevicesForm {
    let caller: SyncCaller
    let key: FileKey?
    let page: Page

    init(_ request: Request, _ house: House) throws {
        caller = try house.syncCaller(of: request)
        key = try request.query.optionalFileKey
        page = request.query.page
    }
}
