// GET /api/v1/json/history.php: the versions of a file, newest first.

import Responder

serve("json-history", dialect: .sync) { visit in
    let form = try HistoryForm(visit)
    let page = try visit.site.sync.history(form.key, of: form.caller.accountID, page: form.page)
    return try HistoryReply(page, form)
}
