// The response with one version: JSON that contains the content, or the content alone.

import HTTP
import SyncStore

/// The answer with one version.
public struct VersionReply: Reply {
    public let response: Response

    public init(_ pulled: PulledVersion, _ form: VersionForm) throws {
        if EntityTag.matches(pulled.content.hash, form.ifNoneMatch) {
            response = EntityTag.notModified(pulled.content.hash, caching: form.caching)
            return
        }
        var response = try form.isRaw ? SyncJSON.content(pulled.content).response : VersionReply.whole(pulled, form).response
        response.headers.set("ETag", EntityTag.text(pulled.content.hash))
        response.headers.set("Cache-Control", form.caching)
        self.response = response
    }

    private static func whole(_ pulled: PulledVersion, _ form: VersionForm) -> SyncJSON {
        let version = pulled.version
        return .object([
            ("success", .bool(true)), ("file_key", .string(form.key.text)), ("version", .int(version.number)),
            ("current_version", .int(pulled.current)), ("content", .content(pulled.content)), ("hash", .string(pulled.content.hash.text)),
            ("parent_hash", .string(version.parentHash?.text)), ("device_id", .string(version.deviceID)),
            ("device_name", .string(version.deviceName)), ("message", .string(version.message)),
            ("created_at", .time(version.createdAt)),
        ])
    }
}
