// A child process that runs beside others: who started it goes on, and asks now and then whether it has ended.

import Disk
import Glibc

/// A program in a process group of its own.
public final class RunningProcess {
    public enum Ending: Equatable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    private let id: pid_t
    private var ending: Ending?

    /// Two ends of a pipe, or of a connection that goes both ways; a child gets neither unless it is told.
    public struct Ends {
        public let one: Int32, other: Int32

        /// - Returns: what is written to `other` is read from `one`.
        public static func pipe() throws -> Ends { try made("make a pipe") { Glibc.pipe($0) } }

        public static func connection() throws -> Ends {
            try made("make a pair of sockets") { socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, $0) }
        }

        private static func made(_ operation: String, _ call: (UnsafeMutablePointer<Int32>) -> Int32) throws -> Ends {
            var ends: [Int32] = [-1, -1]
            guard call(&ends) == 0 else { throw DiskError(operation, "for a child process") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return Ends(one: ends[0], other: ends[1])
        }
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - words: the path of its executable, and its arguments.
    ///   - environment: "NAME=VALUE", and nothing else.
    ///   - streams: descriptors that become its standard input, output and error; all of them above 2, or the very number.
    /// - Throws: `DiskError`.
    public init(_ words: [String], environment: [String], streams: (input: Int32, output: Int32, errors: Int32)) throws {
        var actions = posix_spawn_file_actions_t(), attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, stream) in [streams.input, streams.output, streams.errors].enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        // Nothing of how this process takes signals is for the child.
        var every = sigset_t(), no = sigset_t()
        sigfillset(&every)
        sigemptyset(&no)
        posix_spawnattr_setsigdefault(&attributes, &every)
        posix_spawnattr_setsigmask(&attributes, &no)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        id = try RunningProcess.start(words, environment, &actions, &attributes)
    }

    private static func start(
        _ words: [String], _ environment: [String], _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
    ) throws -> pid_t {
        var texts = [words, environment].map { $0.map { strdup($0) } + [nil] }
        defer { texts.joined().forEach { free($0) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, words[0], &actions, &attributes, &texts[0], &texts[1])
        guard code == 0 else { throw DiskError("start", words[0], code: code) }
        return started
    }

    /// How it ended, with all that it has started and left in its group: that is killed then. nil while it runs.
    public func look() -> Ending? {
        if ending != nil { return ending }
        var told = siginfo_t()
        // (It stays a zombie until its group is gone, so that no other process has its number.)
        guard waitid(P_PID, id_t(id), &told, WEXITED | WNOHANG | WNOWAIT) == 0, told.si_signo == SIGCHLD else { return nil }
        Glibc.kill(-id, SIGKILL)
        bury()
        return ending
    }

    /// Kills it and its group.
    public func kill() {
        guard ending == nil else { return }
        Glibc.kill(-id, SIGKILL)
        Glibc.kill(id, SIGKILL)
        bury()
    }

    private func bury() {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }
}
