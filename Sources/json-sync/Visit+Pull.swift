// The one call behind a pull, and its answer.

import HTTP
import Site
import SyncAPI
import SyncStore

extension Visit {
    /// The newest version, the versions above one, or one version as pull.php gives it.
    func pull(_ form: PullForm) throws -> any Reply {
        if let one = form.version {
            return try VersionReply(site.sync.pull(one.key, one.wanted, unless: one.ifNoneMatch, for: one.caller), one)
        }
        guard let since = form.since else {
            return try LatestReply(site.sync.latest(form.key, unless: form.ifNoneMatch, for: form.caller), form)
        }
        return try UpdatesReply(site.sync.updates(form.key, since: since, limit: form.limit, for: form.caller), form)
    }
}
