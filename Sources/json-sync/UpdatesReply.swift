// The versions after the client's.

import HTTP
import SyncAPI
import SyncStore

struct UpdatesReply: Reply {
    let response: Response

    init(_ found: VersionUpdates, _ form: PullForm) throws {
        var members: [(String, SyncJSON)] = [
            ("success", .bool(true)), ("file_key", .string(form.key.text)), ("current_version", .int(found.current)),
            ("updates", .array(found.updates.map(UpdatesReply.update))),
        ]
        if let next = found.nextSince { members += [("truncated", .bool(true)), ("next_since_version", .int(next))] }
        if found.mustResync { members.append(("resync", .bool(true))) }
        var response = try SyncJSON.object(members).response
        response.headers.set("Cache-Control", PullForm.caching)
        self.response = response
    }

    private static func update(_ version: StoredVersion, _ content: KeptContent?) -> SyncJSON {
        var members: [(String, SyncJSON)] = [
            ("version", .int(version.number)), ("content", content.map(SyncJSON.content) ?? .value(nil)),
            ("hash", .string(version.hash?.text)), ("device_id", .string(version.deviceID)), ("message", .string(version.message)),
            ("created_at", .time(version.createdAt)), ("parent_hash", .string(version.parentHash?.text)),
        ]
        if version.isDeletion { members.append(("deleted", .bool(true))) }
        return .object(members)
    }
}
