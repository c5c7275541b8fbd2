// A child process until its end, which it cannot put off beyond its time limit.

import Glibc
import Time

/// A child that was started; `end` must be called once.
struct RunningChild {
    let process: pid_t
    let answer: Descriptor
    let outputLimit: Int

    /// Reads its output and waits for its end.
    ///
    /// - Parameter deadline: seconds until the whole process group is killed.
    func end(within deadline: Double) -> ChildEnd {
        let limit = Now.monotonicSeconds + deadline
        let (output, isClosed) = read(answer.number, until: limit)
        return ChildEnd(manner: bury(until: isClosed ? limit : 0), output: output)
    }

    /// The output until the child closes it or the time limit; `isClosed` is false after the limit.
    private func read(_ descriptor: Int32, until limit: Double) -> (output: [UInt8], isClosed: Bool) {
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 512)
        while true {
            let rest = limit - Now.monotonicSeconds
            guard rest > 0 else { return (output, false) }
            var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waited, 1, Int32(rest * 1000) + 1)
            guard ready > 0 else {
                if ready == 0 || errno == EINTR { continue }
                return (output, false)
            }
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return (output, true) }
            output += chunk[..<min(count, outputLimit - output.count)]
        }
    }

    /// Waits for the child; kills its process group at the time limit.
    private func bury(until limit: Double) -> ChildEnd.Manner {
        var status: Int32 = 0
        // It closed its output last of all, and is gone in a moment.
        var interval = 30
        while true {
            let gone = waitpid(process, &status, WNOHANG)
            if gone == process { break }
            if gone < 0 && errno != EINTR { return .killed(signal: 0) }
            guard Now.monotonicSeconds < limit else {
                kill(-process, SIGKILL)
                kill(process, SIGKILL)
                while waitpid(process, &status, 0) < 0 && errno == EINTR {}
                return .outOfTime
            }
            pause(microseconds: interval)
            interval = min(interval * 2, 1000)
        }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }
}
