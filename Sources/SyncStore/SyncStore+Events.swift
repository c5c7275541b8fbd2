// What receivers of events are told of JSON files: conflicts, in the transaction that stores them.

import Events
import JSONText

extension SyncStore {
    /// Stores a conflict, and records it for receivers.
    func record(_ conflict: NewConflict, at moment: Int) throws -> Int {
        let id = try conflictRows.insert(conflict, at: moment)
        try events.record(.conflict) {
            try conflictRows.conflict(id).map { EventSubject(account: conflict.account, path: nil, members: $0.members) }
        }
        return id
    }
}

extension StoredConflict {
    fileprivate var members: [(String, JSONValue)] {
        [
            ("id", JSONValue(id)), ("file_key", .string(fileKey)), ("version", JSONValue(savedVersion)), ("base_version", JSONValue(localVersion)),
            ("remote_version", JSONValue(remoteVersion)), ("device", .string(deviceID)), ("device_name", .string(deviceName)), ("clean", .bool(isClean)),
        ]
    }
}
