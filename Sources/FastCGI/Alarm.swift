// SIGALRM ends what hangs: a connection that does not send its request, or the process with a request that makes no progress. The handler
// calls only async-signal-safe functions (signal-safety(7)).

import Glibc
import Journal

/// The timer of the process.
enum Alarm {
    private nonisolated(unsafe) static var message: [UInt8] = []
    /// The descriptor of the connection that the timer ends; -1 if it ends the process.
    private nonisolated(unsafe) static var connection: Int32 = -1
    private nonisolated(unsafe) static var hasEndedConnection = false
    /// For what comes after the end of a connection, which takes no time.
    private static let secondsAfter: UInt32 = 60

    static func prepare(name: String) {
        message = Journal.line(Array("\(name): a request made no progress for too long, its process was ended".utf8), .error)
        stop()
        signal(SIGALRM) { _ in
            guard Alarm.connection < 0 else { return Alarm.endConnection() }
            Alarm.message.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            _exit(1)
        }
    }

    /// Starts or restarts the timer.
    ///
    /// - Parameter connection: what it ends; without one it ends the process.
    static func set(_ seconds: UInt32, ending connection: Int32 = -1) {
        // One that is just running out must not end the process instead of its connection. The other way round is as good.
        if Alarm.connection >= 0 { stop() }
        (Alarm.connection, hasEndedConnection) = (connection, false)
        alarm(seconds)
    }

    /// Stops the timer.
    ///
    /// - Returns: whether it has ended its connection.
    @discardableResult
    static func stop() -> Bool {
        alarm(0)
        connection = -1
        return hasEndedConnection
    }

    /// A blocked read returns at once, and so does every later one: there is no moment between two reads at which this is lost.
    private static func endConnection() {
        shutdown(connection, Int32(SHUT_RDWR))
        (connection, hasEndedConnection) = (-1, true)
        alarm(secondsAfter)
    }
}
