// The list of devices with the version that each has.

import HTTP
import Site
import SyncAPI
import SyncStore

struct DevicesReply: Reply {
    let response: Response

    init(_ page: DevicePage, _ form: DevicesForm) throws {
        response = try SyncJSON.object([
            ("success", .bool(true)), ("devices", .array(page.devices.map(DevicesReply.device))),
            ("pagination", .value(form.page.json(total: page.total))),
        ]).response
    }

    private static func device(_ device: SyncDevice) -> SyncJSON {
        .object([
            ("device_id", .string(device.deviceID)), ("device_name", .string(device.name)), ("first_seen_at", .time(device.firstSeenAt)),
            ("last_sync_at", .time(device.lastSyncAt)), ("last_push_at", .time(device.lastPushAt)),
            ("last_pull_at", .time(device.lastPullAt)), ("files", .array(device.files.map(file))),
        ])
    }

    private static func file(_ file: SyncDevice.File) -> SyncJSON {
        .object([
            ("file_key", .string(file.key)), ("last_version", .int(file.last)), ("current_version", .int(file.current)),
            ("behind", .int(file.current - file.last)),
        ])
    }
}
