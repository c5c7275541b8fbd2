// The response to a deletion.

import HTTP
import SyncAPI
import SyncStore

struct FileDeletionReply: Reply {
    let response: Response

    init(_ outcome: DeletionOutcome, _ form: FileDeletionForm) throws {
        var members: [(String, SyncJSON)] = [
            ("success", .bool(true)), ("file_key", .string(form.key.text)), ("version", .int(outcome.version)), ("deleted", .bool(true)),
            ("conflict", .bool(outcome.conflict != nil)), ("message", .string("File deleted successfully")),
        ]
        if let conflict = outcome.conflict {
            members += [("conflict_id", .int(conflict.id)), ("clean", .bool(conflict.isClean)), ("paths", .text(conflict.paths))]
        }
        response = try SyncJSON.object(members).response
    }
}
