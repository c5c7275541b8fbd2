// The query of a deletion.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

struct DeleteForm {
    let caller: SyncCaller
    let key: FileKey
    let ifMatch: PushFacts.Condition?
    let message: String

    init(_ request: Request, _ site: Site) throws {
        caller = try site.syncCaller(of: request)
        key = try request.query.fileKey
        ifMatch = EntityTag.condition(request.header("If-Match"))
        message = request.query.first("message") ?? ""
        guard SyncName.isMessage(message) else { throw Problem.invalid("message") }
    }
}
