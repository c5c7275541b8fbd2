// The list of conflicts, newest first.

import HTTP
import Site
import SyncAPI
import SyncStore

struct ConflictsReply: Reply {
    let response: Response

    init(_ page: ConflictPage, _ form: ConflictsForm) throws {
        response = try SyncJSON.object([
            ("success", .bool(true)), ("conflicts", .array(page.conflicts.map(ConflictsReply.conflict))),
            ("pagination", .value(form.page.json(total: page.total))),
        ]).response
    }

    private static func conflict(_ conflict: StoredConflict) -> SyncJSON {
        .object([
            ("id", .int(conflict.id)), ("file_key", .string(conflict.fileKey)), ("conflict_type", .string("divergence")),
            ("device_id", .string(conflict.deviceID)), ("device_name", .string(conflict.deviceName)),
            ("local_version", .int(conflict.localVersion)), ("remote_version", .int(conflict.remoteVersion)),
            ("saved_as_version", .int(conflict.savedVersion)), ("local_hash", .string(conflict.localHash?.text)),
            ("remote_hash", .string(conflict.remoteHash?.text)), ("clean", .bool(conflict.isClean)), ("paths", .text(conflict.paths)),
            ("resolved", .int(conflict.resolution == nil ? 0 : 1)), ("resolution", .string(conflict.resolution)),
            ("resolved_version", .int(conflict.resolvedVersion)), ("resolved_at", .time(conflict.resolvedAt)),
            ("created_at", .time(conflict.createdAt)),
        ])
    }
}
