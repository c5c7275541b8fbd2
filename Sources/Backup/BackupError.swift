// Errors of a backup or a restore; each message names the remedy.

/// An error before anything was changed, unless the message says otherwise.
public struct BackupError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

/// The progress of one step.
public struct BackupProgress: Sendable {
    public enum Part: String, Sendable {
        case database, files, check
    }

    public let part: Part
    public let done: Int
    public let total: Int
}

/// Called often with the current progress.
public typealias ProgressReport = (BackupProgress) -> Void
