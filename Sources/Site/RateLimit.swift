// A token bucket as the generic cell rate algorithm has it (ITU-T I.371, annex A): instead of tokens and the time when they were counted, one
// number tells when the bucket will be full again.

/// At most so many within a window; what was taken comes back evenly over the window.
struct RateLimit: Equatable {
    /// At least 1, and at most one for each millisecond of the window.
    let count: Int
    /// Milliseconds.
    let window: Int

    enum Decision: Equatable {
        /// - Parameter fullAt: when everything that was taken will have come back.
        case taken(fullAt: Int)
        /// - Parameter wait: milliseconds until one can be taken.
        case refused(wait: Int)
    }

    /// Takes one.
    ///
    /// - Parameters:
    ///   - fullAt: what the last decision told; 0 at first.
    ///   - now: milliseconds of any clock. Where it was set back, nothing that was taken is known any more: a bucket that would be full only
    ///     after more than a window was never written.
    func decide(_ fullAt: Int, at now: Int) -> Decision {
        let (missing, isOverflow) = fullAt.subtractingReportingOverflow(now)
        let taken = isOverflow || missing > window ? 0 : max(0, missing)
        let more = taken + max(1, window / count)
        return more <= window ? .taken(fullAt: now + more) : .refused(wait: more - window)
    }
}
