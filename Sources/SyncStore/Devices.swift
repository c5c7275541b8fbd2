// The devices of an account, and how far each is behind.

import SQLite
import SyncRules

/// A device as it is told.
public struct SyncDevice {
    public struct File {
        public let key: String
        /// The version that the device is known to hold; 0: none.
        public let last: Int
        public let current: Int
    }

    public let deviceID: String
    public let name: String
    /// Seconds since 1970, like all times here.
    public let firstSeenAt: Int
    public let lastPushAt: Int?
    /// To the minute.
    public let lastPullAt: Int?
    public let files: [File]

    public var lastSyncAt: Int? { [lastPushAt, lastPullAt].compactMap { $0 }.max() }
}

/// One page of devices.
public struct DevicePage {
    public let devices: [SyncDevice]
    public let total: Int
}

extension SyncStore {
    /// Files told of one device.
    static let filesPerDevice = 1_000

    /// The account's devices in the order in which they were first seen.
    ///
    /// - Parameter key: only devices of this file, and only this file of theirs.
    public func devices(of account: Int, key: FileKey?, page: Page) throws -> DevicePage {
        try database.read {
            let file = try key.map { try storedFile($0, of: account)?.id ?? 0 }
            let filter = """
                account_id = ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM sync_device_file df WHERE df.device = d.id AND df.file_id = ?2))
                """
            let total = try database.first("SELECT COUNT(*) FROM sync_device d WHERE \(filter)", account, file) { $0.integer(0) }
            let devices = try database.all(
                """
                SELECT id, device_id, name, first_seen_at, (SELECT MAX(last_push_at) FROM sync_device_file WHERE device = d.id),
                       (SELECT MAX(last_pull_at) FROM sync_device_file WHERE device = d.id)
                FROM sync_device d WHERE \(filter)
                ORDER BY id LIMIT ?3 OFFSET ?4
                """, account, file, page.size, page.offset) { row in
                SyncDevice(deviceID: row.text(1), name: row.text(2), firstSeenAt: row.integer(3), lastPushAt: row.optionalInteger(4),
                           lastPullAt: row.optionalInteger(5), files: try files(of: row.integer(0), only: file))
            }
            return DevicePage(devices: devices, total: total ?? 0)
        }
    }

    private func files(of device: Int, only file: Int?) throws -> [SyncDevice.File] {
        try database.all(
            """
            SELECT file_key, held, \(StoredFile.head) FROM sync_device_file df JOIN sync_file f ON f.id = df.file_id
            WHERE device = ?1 AND (?2 IS NULL OR file_id = ?2) ORDER BY file_key LIMIT \(SyncStore.filesPerDevice)
            """, device, file) { SyncDevice.File(key: $0.text(0), last: $0.integer(1), current: $0.integer(2)) }
    }

    /// - Throws: `SyncError.noDevice`.
    public func rename(_ device: DeviceID, of account: Int, to name: String) throws {
        guard try database.run("UPDATE sync_device SET name = ? WHERE account_id = ? AND device_id = ?", name, account, device.text) == 1 else {
            throw SyncError.noDevice
        }
    }

    /// Forgets what a device has; its versions stay. Its next push is that of a new device.
    ///
    /// - Throws: `SyncError.noDevice`.
    public func forget(_ device: DeviceID, of account: Int) throws {
        guard try database.run("DELETE FROM sync_device WHERE account_id = ? AND device_id = ?", account, device.text) == 1 else {
            throw SyncError.noDevice
        }
    }
}
