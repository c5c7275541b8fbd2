// The devices of an account, and the version that each has.

import Database
import SyncRules

/// A device with its files.
public struct SyncDevice {
    public struct File {
        public let key: String
        /// The highest version that the device is known to have; 0: none.
        public let last: Int
        public let current: Int
    }

    public let deviceID: String
    public let name: String
    /// Seconds since 1970, like all times here.
    public let firstSeenAt: Int
    public let lastPushAt: Int?
    /// Rounded to a minute.
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
    /// Maximum files listed for a device.
    static let filesPerDevice = 1_000

    /// The account's devices in the order in which they were first seen.
    ///
    /// - Parameter key: limits the list to devices of this file, and their files to this one.
    public func devices(of account: Int, key: FileKey?, page: Paging) throws -> DevicePage {
        try database.read {
            let file = try key.map { try storedFile($0, of: account)?.id ?? 0 }
            return try deviceRows.page(page, of: account, file: file, files: SyncStore.filesPerDevice)
        }
    }

    /// - Throws: `SyncError.noDevice`.
    public func rename(_ device: DeviceID, of account: Int, to name: String) throws {
        guard try deviceRows.rename(device, of: account, to: name) else { throw SyncError.noDevice }
    }

    /// Removes a device; its versions stay. Its next push is treated as that of a new device.
    ///
    /// - Throws: `SyncError.noDevice`.
    public func forget(_ device: DeviceID, of account: Int) throws {
        guard try deviceRows.remove(device, of: account) else { throw SyncError.noDevice }
    }
}
