// The newest version, or 304 if the client has it already.

import HTTP
import SyncAPI
import SyncStore

struct LatestReply: Reply {
    let response: Response

    init(_ latest: LatestVersion, _ form: PullForm) throws {
        let hash = latest.content.hash
        if EntityTag.matches(hash, form.ifNoneMatch) {
            response = EntityTag.notModified(hash, caching: PullForm.caching)
            return
        }
        var response = try SyncJSON.object([
            ("success", .bool(true)), ("file_key", .string(form.key.text)), ("current_version", .int(latest.version.number)),
            ("content", .content(latest.content)), ("hash", .string(hash.text)), ("updated_at", .time(latest.version.createdAt)),
            ("device_id", .string(latest.version.deviceID)), ("message", .string(latest.version.message)),
            ("open_conflicts", .int(latest.openConflicts)),
        ]).response
        response.headers.set("ETag", EntityTag.text(hash))
        response.headers.set("Cache-Control", PullForm.caching)
        self.response = response
    }
}
