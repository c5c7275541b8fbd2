// /api/v1/json/sync.php: POST pushes a JSON file, GET pulls the newest version, all newer ones or a given one, DELETE deletes the file.

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
        return try visit.pull(PullForm(visit))
    }
}
