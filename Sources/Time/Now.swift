// The system clocks, and sleeping.

import Glibc

/// The current time.
public enum Now {
    /// Whole seconds since 1970. Not `time(2)`, which reads a coarse clock that is a tick behind `microseconds`.
    public static var seconds: Int { microseconds / 1_000_000 }

    /// Microseconds since 1970.
    public static var microseconds: Int { microseconds(of: CLOCK_REALTIME) }

    /// Microseconds of a clock that is never set back or forward.
    public static var monotonicMicroseconds: Int { microseconds(of: CLOCK_MONOTONIC) }

    /// The same clock in seconds.
    public static var monotonicSeconds: Double { Double(monotonicMicroseconds) / 1e6 }

    private static func microseconds(of clock: clockid_t) -> Int {
        var moment = timespec()
        clock_gettime(clock, &moment)
        return moment.tv_sec * 1_000_000 + moment.tv_nsec / 1000
    }
}

/// Sleeps; a signal may end it early.
public func pause(microseconds: Int) { usleep(UInt32(clamping: microseconds)) }
