// The answers to a pull: the newest version, 304 for who has it already, or the versions after one.

import HTTP
import Site
import SyncAPI
import SyncStore

struct PullReply {
    let response: Response

    private static let caching = "private, no-cache"

    init(_ form: PullForm, _ site: Site, _ request: Request) throws {
        if let since = form.since {
            var response = try PullReply.updates(site.sync.updates(form.key, since: since, limit: form.limit, for: form.caller), form.key)
            response.headers.set("Cache-Control", PullReply.caching)
            self.response = response
        } else {
            response = try PullReply.latest(site.sync.latest(form.key, for: form.caller), form.key, request)
        }
    }

    private static func latest(_ latest: LatestVersion, _ key: FileKey, _ request: Request) throws -> Response {
        let hash = latest.content.hash
        if EntityTag.matches(hash, request) { return EntityTag.notModified(hash, caching: caching) }
        var response = try SyncReply.object([
            ("success", .bool(true)), ("file_key", .string(key.text)), ("current_version", .int(latest.version.number)),
            ("content", .content(latest.content)), ("hash", .string(hash.text)), ("updated_at", .time(latest.version.createdAt)),
            ("device_id", .string(latest.version.deviceID)), ("message", .string(latest.version.message)),
            ("open_conflicts", .int(latest.openConflicts)),
        ]).response
        response.headers.set("ETag", EntityTag.text(hash))
        response.headers.set("Cache-Control", caching)
        return response
    }

    private static func updates(_ found: VersionUpdates, _ key: FileKey) throws -> Response {
        var members: [(String, SyncReply)] = [
            ("success", .bool(true)), ("file_key", .string(key.text)), ("current_version", .int(found.current)),
            ("updates", .array(found.updates.map(update))),
        ]
        if let next = found.nextSince { members += [("truncated", .bool(true)), ("next_since_version", .int(next))] }
        if found.mustResync { members.append(("resync", .bool(true))) }
        return try SyncReply.object(members).response
    }

    private static func update(_ version: StoredVersion, _ content: KeptContent?) -> SyncReply {
        var members: [(String, SyncReply)] = [
            ("version", .int(version.number)), ("content", content.map(SyncReply.content) ?? .value(nil)),
            ("hash", .string(version.hash?.text)), ("device_id", .string(version.deviceID)), ("message", .string(version.message)),
            ("created_at", .time(version.createdAt)), ("parent_hash", .string(version.parentHash?.text)),
        ]
        if version.isDeletion { members.append(("deleted", .bool(true))) }
        return .object(members)
    }
}
