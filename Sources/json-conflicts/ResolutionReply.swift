// The answer to a resolution.

import HTTP
import Site
import SyncAPI
import SyncStore

struct ResolutionReply {
    let response: Response

    init(_ form: ResolutionForm, _ site: Site) throws {
        let outcome = try site.sync.resolve(form.resolution, by: form.caller)
        var members: [(String, SyncReply)] = [
            ("success", .bool(true)), ("id", .int(form.resolution.conflict)), ("file_key", .string(outcome.fileKey)),
            ("action", .string(form.resolution.action.rawValue)), ("version", .int(outcome.version)), ("hash", .string(outcome.hash?.text)),
            ("conflict", .bool(outcome.conflict != nil)), ("resolved", .int(1)), ("message", .string("Conflict resolved")),
        ]
        if let conflict = outcome.conflict {
            members += [("conflict_id", .int(conflict.id)), ("paths", .text(conflict.paths))]
        }
        response = try SyncReply.object(members).response
    }
}
