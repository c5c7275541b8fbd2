// GET /api/v1/json/pull.php: one version of a file, by number or hash.

import HTTP
import Responder

serve("json-pull", methods: [.get, .head], dialect: .sync) { request, site in
    let form = try VersionForm(request, site)
    return try VersionReply(site.sync.pull(form.key, form.wanted, for: form.caller), form, request).response
}
