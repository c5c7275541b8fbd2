// The query of a pull: the file, and optionally the version that is wanted, or the one that the client has.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

struct PullForm {
    let caller: SyncCaller
    let key: FileKey
    /// Set if one version is requested by number.
    let version: VersionForm?
    /// nil: only the newest version is requested.
    let since: Int?
    let limit: Int
    /// The content that the client has already.
    let ifNoneMatch: PushFacts.Condition?

    init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.fileKey
        version = visit.query.first("version").map { !$0.isEmpty } == true ? try VersionForm(visit) : nil
        since = try visit.query.integer("since_version", 0...Int.max)
        limit = try visit.query.integer("limit", 1...Int.max) ?? SyncStore.updatesLimit
        ifNoneMatch = EntityTag.condition(visit.request.header("If-None-Match"))
    }

    /// The newest version can change at any time.
    static let caching = "private, no-cache"
}
