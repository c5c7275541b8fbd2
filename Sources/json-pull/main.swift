// GET /api/v1/json/pull.php: one version of a file, by number or hash.

import Responder
import SyncAPI

serve("json-pull", dialect: .sync) { visit in
    let form = try VersionForm(visit)
    let pulled = try visit.site.sync.pull(form.key, form.wanted, unless: form.ifNoneMatch, for: form.caller)
    return try VersionReply(pulled, form)
}
