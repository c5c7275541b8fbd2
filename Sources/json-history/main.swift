// GET /api/v1/json/history.php: the versions of a file, newest first.

import HTTP
import Responder

serve("json-history", methods: [.get, .head], dialect: .sync) { request, house in
    let form = try HistoryForm(request, house)
    let page = try house.sync.history(form.key, of: form.caller.account, page: form.page)
    return try HistoryReply(page, form).response
}
