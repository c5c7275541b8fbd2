// /api/v1/json/conflicts.php: GET lists conflicts, POST resolves one.

import Responder

serve("json-conflicts", dialect: .sync) { visit in
    switch visit.request.method {
    case .post:
        let form = try ResolutionForm(visit)
        return try ResolutionReply(visit.site.sync.resolve(form.resolution, by: form.caller), form)
    default:
        let form = try ConflictsForm(visit)
        let page = try visit.site.sync.conflicts(of: form.caller.accountID, key: form.key, resolved: form.isResolved, page: form.page)
        return try ConflictsReply(page, form)
    }
}
