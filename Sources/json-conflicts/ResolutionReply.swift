// The response to a resolution.

import HTTP
import SyncAPI
import SyncStore

struct ResolutionReply: Reply {
    let response: Response

    init(_ outcome: ResolutionOutcome, _ form: ResolutionForm) throws {
        var members: [(String, SyncJSON)] = [
            ("success", .bool(true)), ("id", .int(form.resolution.conflict)), ("file_key", .string(outcome.fileKey)),
            ("action", .string(form.resolution.action.rawValue)), ("version", .int(outcome.version)), ("hash", .string(outcome.hash?.text)),
            ("conflict", .bool(outcome.conflict != nil)), ("resolved", .int(1)), ("message", .string("Conflict resolved")),
        ]
        if let conflict = outcome.conflict {
            members += [("conflict_id", .int(conflict.id)), ("paths", .text(conflict.paths))]
        }
        if outcome.isContentChanged { members.append(("content_changed", .bool(true))) }
        response = try SyncJSON.object(members).response
    }
}
