// What a user can change about a device.

import SyncRules

/// A change of a device.
public enum DeviceChange {
    case rename(String)
    /// Its versions stay. Its next push is treated as that of a new device.
    case forget
}

extension SyncStore {
    /// - Throws: `SyncError.noDevice`.
    public func carryOut(_ change: DeviceChange, on device: DeviceID, of account: Int) throws {
        switch change {
        case .rename(let name): try rename(device, of: account, to: name)
        case .forget: try forget(device, of: account)
        }
    }
}
