// GET /api/v1/json/history.php: the versions of a file, newest first.

import HTTP
import Responder

serve("json-history", methods: [.get, .head], dialect: .sync) { request, site in
    let form = try HistoryForm(request, site)
    let page = try site.sync.history(form.key, of: form.caller.account, page: form.page)
    return try HistoryReply(page, form).response
}
