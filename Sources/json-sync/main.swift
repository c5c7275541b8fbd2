// /api/v1/json/sync.php: POST pushes a JSON file, GET pulls the newest version or all newer ones, DELETE deletes the file.

import Responder
import SyncAPI

serve("json-sync", dialect: .sync) { visit in
    let sync = visit.site.sync
    switch visit.request.method {
    case .post:
        let form = try SyncForm(visit)
        return try PushReply(visit.push(form))
    case .delete:
        let form = try FileDeletionForm(visit)
        return try FileDeletionReply(sync.delete(form.key, ifMatch: form.ifMatch, message: form.message, by: form.caller), form)
    default:
        let form = try PullForm(visit)
        guard let since = form.since else { return try LatestReply(sync.latest(form.key, for: form.caller), form) }
        return try UpdatesReply(sync.updates(form.key, since: since, limit: form.limit, for: form.caller), form)
    }
}
