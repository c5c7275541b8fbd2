// What receivers of events are told of files: in the transaction that changes the row, at the places where a file gets its address, loses
// it, gets it back, or shows other bytes. An import tells nothing: these files had their addresses before.

import Events
import JSONText
import Text
import Time

extension MediaStore {
    /// Records an event, if anybody wants to know; in the transaction of the change.
    ///
    /// - Parameter more: members besides those of the file.
    func tell(_ kind: EventKind, _ file: () throws -> StoredFile?, more: [(String, JSONValue)] = []) throws {
        try events.record(kind) {
            try file().map { EventSubject(account: $0.owner, path: $0.path.text, members: $0.members + more) }
        }
    }
}

extension Replacement {
    /// What the file was before.
    var members: [(String, JSONValue)] {
        former.map { [("former", ["type": .string($0.type.mime), "size": JSONValue($0.size), "sha256": .string(Hexadecimal.encode($0.sha256))])] } ?? []
    }
}

extension StoredFile {
    fileprivate var members: [(String, JSONValue)] {
        [
            ("id", JSONValue(id)), ("name", .string(originalName)), ("type", .string(type.mime)), ("kind", .string(type.kind.rawValue)),
            ("size", JSONValue(size)), ("width", JSONValue(width)), ("height", JSONValue(height)), ("duration", JSONValue(duration)),
            // (Files that were imported have none.)
            ("sha256", sha256.isEmpty ? .null : .string(Hexadecimal.encode(sha256))), ("public", .bool(isPublic)),
            ("created", .string(InternetTime.text(createdAt))),
        ] + (expiresAt.map { [("expires", .string(InternetTime.text($0)))] } ?? [])
    }
}
