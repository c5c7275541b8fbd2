// The response to a push in the documented order of fields; undocumented ones come last.

import HTTP
import SyncAPI
import SyncStore

struct PushReply: Reply {
    let response: Response

    init(_ outcome: PushOutcome) throws {
        var members: [(String, SyncJSON)] = [
            ("success", .bool(true)), ("version", .int(outcome.version)), ("hash", .string(outcome.hash.text)),
            ("conflict", .bool(outcome.conflict != nil)),
        ]
        members += outcome.conflict.map(PushReply.conflict) ?? [("message", .string(PushReply.message(outcome)))]
        if outcome.kind != .created { members.append(("unchanged", .bool(true))) }
        if outcome.isMerged { members.append(("merged", .bool(true))) }
        if outcome.isContentChanged { members.append(("content_changed", .bool(true))) }
        if let content = outcome.content { members.append(("content", .content(content))) }
        var response = try SyncJSON.object(members).response
        response.headers.set("ETag", EntityTag.text(outcome.hash))
        self.response = response
    }

    private static func message(_ outcome: PushOutcome) -> String {
        if outcome.isMerged { return "Merged with newer changes" }
        return outcome.kind == .noChanges ? "No changes" : "Version created successfully"
    }

    private static func conflict(_ conflict: StoredConflict) -> [(String, SyncJSON)] {
        [
            ("conflict_type", .string("divergence")), ("message", .string("Conflict detected and auto-merged")),
            ("conflict_details", .object([
                ("local_version", .int(conflict.localVersion)), ("remote_version", .int(conflict.remoteVersion)),
                ("saved_as_version", .int(conflict.savedVersion)),
            ])),
            ("conflict_id", .int(conflict.id)), ("clean", .bool(conflict.isClean)), ("paths", .text(conflict.paths)),
        ]
    }
}
