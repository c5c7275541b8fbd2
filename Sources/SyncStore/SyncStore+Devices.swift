// The devices of an account, and how far each is behind.

import Database
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
            return try deviceRows.page(page, of: account, file: file, files: SyncStore.filesPerDevice)
        }
    }

    /// - Throws: `SyncError.noDevice`.
    public func rename(_ device: DeviceID, of account: Int, to name: String) throws {
        guard try deviceRows.rename(device, of: account, to: name) else { throw SyncError.noDevice }
    }

    /// Forgets what a device has; its versions stay. Its next push is that of a new device.
    ///
    /// - Throws: `SyncError.noDevice`.
    public func forget(_ device: DeviceID, of account: Int) throws {
        guard try deviceRows.remove(device, of: account) else { throw SyncError.noDevice }
    }
}
