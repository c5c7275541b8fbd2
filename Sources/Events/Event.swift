// What happened to a file or to a synchronized JSON file, as receivers are told it.

import JSONText

/// The kinds of events; the raw values are stored, and part of the contract with receivers.
public enum EventKind: String, CaseIterable, Sendable {
    /// A file has an address for the first time.
    case uploaded
    /// Its address shows nothing any more.
    case deleted
    /// The same, because its time was over, or a visitor's upload was beyond the limits of retention.
    case expired
    /// Its address shows other bytes.
    case replaced
    /// It came back from the recycle bin to its address.
    case restored
    /// Two devices changed the same JSON file.
    case conflict

    /// The member of a message that holds what the event is about.
    public var subject: String { self == .conflict ? "conflict" : "file" }
}

/// What an event is about. No secret and no delete link is in it.
public struct EventSubject: Sendable {
    /// The account whose file it is; nil for a visitor's.
    public let account: Int?
    /// The stored path, of which addresses are made when the event is delivered; nil for what is no file.
    public let path: String?
    /// The other members, at least one.
    public let members: [(String, JSONValue)]

    public init(account: Int?, path: String?, members: [(String, JSONValue)]) {
        (self.account, self.path, self.members) = (account, path, members)
    }
}

/// A row of the table `event`.
public struct StoredEvent: Sendable {
    /// Grows from event to event, in the order in which they happened.
    public let id: Int
    public let kind: EventKind
    /// Seconds since 1970.
    public let happenedAt: Int
    /// The name that the account had then; nil for a visitor's file.
    public let owner: String?
    public let path: String?
    /// The text of a JSON object with at least one member.
    public let data: String

    public init(id: Int, kind: EventKind, happenedAt: Int, owner: String?, path: String?, data: String) {
        (self.id, self.kind, self.happenedAt) = (id, kind, happenedAt)
        (self.owner, self.path, self.data) = (owner, path, data)
    }
}
