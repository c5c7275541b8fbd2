// Why a backup cannot be made or restored: each message says what to do.

/// A refusal; nothing was changed before it unless the message says so.
public struct BackupError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// How far a part of the work is.
public struct BackupProgress: Sendable {
    public enum Part: String, Sendable {
        case database, files, check
    }

    public let part: Part
    public let done: Int
    public let total: Int
}

/// Where progress is told; called often.
public typealias ProgressReport = (BackupProgress) -> Void
