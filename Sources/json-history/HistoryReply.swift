// The version history in the documented order of fields; undocumented ones come last.

import HTTP
import Site
import SyncAPI
import SyncStore

struct HistoryReply: Reply {
    let response: Response

    init(_ page: HistoryPage, _ form: HistoryForm) throws {
        response = try SyncJSON.object([
            ("success", .bool(true)), ("file_key", .string(form.key.text)), ("current_version", .int(page.current)),
            ("history", .array(page.versions.map(HistoryReply.entry))),
            ("pagination", .value(form.page.json(total: page.current))),
        ]).response
    }

    private static func entry(_ version: StoredVersion) -> SyncJSON {
        var members: [(String, SyncJSON)] = [
            ("version", .int(version.number)), ("hash", .string(version.hash?.text)), ("parent_hash", .string(version.parentHash?.text)),
            ("device_id", .string(version.deviceID)), ("message", .string(version.message)), ("created_at", .time(version.createdAt)),
            ("device_name", .string(version.deviceName)), ("size", .int(version.size)), ("merged", .bool(version.isMerged)),
        ]
        if version.isDeletion { members.append(("deleted", .bool(true))) }
        if version.isGivenUp { members.append(("expired", .bool(true))) }
        return .object(members)
    }
}
