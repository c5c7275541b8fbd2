// /api/v1/json/sync.php: POST pushes a JSON file, GET pulls the newest version or what is new, DELETE writes a deletion.

import Responder
import SyncAPI

serve("json-sync", methods: [.get, .head, .post, .delete], dialect: .sync) { visit in
    let sync = visit.site.sync
    switch visit.request.method {
    case .post:
        // Who pushes, what the push meets and what it writes are of one transaction, unless somebody else writes meanwhile. The body is
        // there before: no client is waited for inside of it.
        let fields = try SyncForm(visit)
        return try visit.site.database.sharingSnapshot {
            let form = try PushForm(fields, visit)
            let outcome = try sync.push(form.push)
            return try PushReply(outcome, content: form.returnsContent ? sync.content(of: outcome) : nil)
        }
    case .delete:
        let form = try DeletionForm(visit)
        return try DeletionReply(sync.delete(form.key, ifMatch: form.ifMatch, message: form.message, by: form.caller), form)
    default:
        let form = try PullForm(visit)
        guard let since = form.since else { return try LatestReply(sync.latest(form.key, for: form.caller), form) }
        return try UpdatesReply(sync.updates(form.key, since: since, limit: form.limit, for: form.caller), form)
    }
}
