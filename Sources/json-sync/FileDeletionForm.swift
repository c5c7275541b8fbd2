// The query of a deletion.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

struct FileDeletionForm {
    let caller: SyncCaller
    let key: FileKey
    let ifMatch: PushFacts.Condition?
    let message: String

    init(_ visit: Visit) throws {
        caller = try visit.syncCaller()
        key = try visit.query.fileKey
        ifMatch = EntityTag.condition(visit.request.header("If-Match"))
        message = visit.query.first("message") ?? ""
        guard SyncName.isMessage(message) else { throw Problem.badField("message", message) }
    }
}
