// What timers run, and when it last came to its end.

import Time

/// A command that has to run again and again.
public enum TimedWork: String, CaseIterable, Sendable {
    case tally, expire, gc
}

extension Site {
    /// Notes that it has come to its end.
    public func noteEnd(of work: TimedWork) throws { try store.counters.set(counter(of: work), to: Now.seconds) }

    /// Seconds since 1970; nil if it never came to its end.
    public func lastEnd(of work: TimedWork) throws -> Int? { try store.counters.value(counter(of: work)) }

    /// Each node tallies its own log; the rest is done for all of them.
    private func counter(of work: TimedWork) throws -> String {
        let node = try work == .tally ? self.node : nil
        return "last_end \(work.rawValue)" + (node.map { "@" + $0 } ?? "")
    }
}
