// The query of a pull: which file, and after which version.

import HTTP
import Site
import SyncAPI
import SyncStore

struct PullForm {
    let caller: SyncCaller
    let key: FileKey
    /// nil: the newest version is wanted.
    let since: Int?
    let limit: Int

    init(_ request: Request, _ site: Site) throws {
        caller = try site.syncCaller(of: request)
        key = try request.query.fileKey
        since = try request.query.integer("since_version", 0...Int.max)
        limit = try request.query.integer("limit", 1...Int.max) ?? SyncStore.updatesLimit
    }
}
