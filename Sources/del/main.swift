// GET /application/del.php?hash=…, and /app/del.php in EasyImages' format: moves the file of a delete link to the recycle bin. The second
// path also serves the actions of administrators' pages.

import Responder

serve("del", dialectOf: { DeletionPath(of: $0).dialect }) { visit in
    switch try DeletionForm(visit) {
    case .link(let target, let path): return try LinkReply(LinkDeletion(visit).follow(target, on: path), path, visit.settings)
    case .admin(let form, let account, let page):
        let outcome = try AdminDeletion(visit, by: account).carryOut(form)
        return page?.reply(to: outcome) ?? AdminReply(outcome, form)
    case .idle(let request): return IdleReply(request)
    case .signedOut(let page): return page
    }
}
