// The answer to a deletion.

import HTTP
import Site
import SyncAPI
import SyncStore

struct DeleteReply {
    let response: Response

    init(_ form: DeleteForm, _ site: Site) throws {
        let outcome = try site.sync.delete(form.key, ifMatch: form.ifMatch, message: form.message, by: form.caller)
        var members: [(String, SyncReply)] = [
            ("success", .bool(true)), ("file_key", .string(form.key.text)), ("version", .int(outcome.version)), ("deleted", .bool(true)),
            ("conflict", .bool(outcome.conflict != nil)), ("message", .string("File deleted successfully")),
        ]
        if let conflict = outcome.conflict { members.append(("conflict_id", .int(conflict.id))) }
        response = try SyncReply.object(members).response
    }
}
