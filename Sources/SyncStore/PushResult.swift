// What becomes of pushes, in a few words that can be counted.

/// How a push ended that had a state to be decided from.
public enum PushResult: String, CaseIterable, Sendable {
    /// A new version.
    case created
    /// A merge with the newest version, in which nothing had to be chosen.
    case merged
    /// A new version, and a conflict for somebody to decide.
    case conflict
    /// The content of the newest version.
    case unchanged
    /// The same push as before of its device, or under its Idempotency-Key.
    case repeated
    /// A condition of the request does not hold, such as that its base is the newest version.
    case refused

    init(_ outcome: PushOutcome) {
        self = switch outcome.kind {
        case .created: outcome.conflict?.isClean == false ? .conflict : outcome.isMerged ? .merged : .created
        case .noChanges: .unchanged
        case .repeated: .repeated
        }
    }
}
