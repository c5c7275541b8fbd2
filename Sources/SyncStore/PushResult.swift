// What becomes of pushes, in a few words that can be counted.

/// How a push ended that had a state to be decided from.
public enum PushResult: String, CaseIterable, Sendable {
    /// A new version.
    case created
    /// A merge with the newest version, in which nothing had to be chosen.
    case merged
    /// A new version, and a conflict for somebody to decide.
    case conflict
    case unchanged
    /// The stored answer to an earlier push.
    case repeated
    /// The client asked for a version to push onto that is not the newest one.
    case refused

    init(_ outcome: PushOutcome) {
        self = switch outcome.kind {
        case .created: outcome.conflict?.isClean == false ? .conflict : outcome.isMerged ? .merged : .created
        case .noChanges: .unchanged
        case .repeated: .repeated
        }
    }
}
