// GET /api/v1/json/pull.php: one version of a file, by number or hash.

import HTTP
import Responder

serve("json-pull", methods: [.get, .head], dialect: .sync) { request, house in
    let form = try VersionForm(request, house)
    return try VersionReply(house.sync.pull(form.key, form.wanted, for: form.caller), form, request).response
}
