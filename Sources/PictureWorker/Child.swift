// Runs one child process: its own process group, a wall-clock deadline, always reaped. The child gets the listed
// descriptors; other inherited ones it closes first of all (Confinement).

import Disk
import Glibc

/// How a child process ended, and the beginning of its output.
public struct ChildEnd {
    public enum Manner: Equatable {
        case exited(Int32)
        case killed(signal: Int32)
        case outOfTime
    }

    public let manner: Manner
    public let output: [UInt8]
}

/// Runs one program to its end.
public struct Child {
    let executable: String
    let arguments: [String]
    let environment: [String]
    /// Descriptors that become 3, 4, … in the child. Its descriptor 0 is empty; 1 and 2 go into the output.
    let descriptors: [Int32]
    /// Seconds until the whole process group is killed.
    let deadline: Double
    /// Output beyond this many bytes is discarded.
    let outputLimit: Int

    public init(executable: String, arguments: [String], environment: [String], descriptors: [Int32], deadline: Double,
                outputLimit: Int = Child.outputLimit) {
        (self.executable, self.arguments, self.environment) = (executable, arguments, environment)
        (self.descriptors, self.deadline, self.outputLimit) = (descriptors, deadline, outputLimit)
    }

    /// Enough for what a worker says.
    public static let outputLimit = 1024

    /// Runs the child and waits for it.
    ///
    /// - Throws: `SpawnError` if it could not be started.
    public func run() throws -> ChildEnd { try begin().end(within: deadline) }

    /// Starts the child.
    ///
    /// - Throws: `SpawnError`.
    func begin() throws -> RunningChild {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SpawnError(operation: "pipe", code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let answer = Descriptor(ends[0])
        return RunningChild(process: try start(writingTo: Descriptor(ends[1])), answer: answer, outputLimit: outputLimit)
    }

    private func start(writingTo output: Descriptor) throws -> pid_t {
        // Duplicated above the target numbers, so that no dup2 overwrites a descriptor that is still needed.
        let lowest = Int32(3 + descriptors.count)
        let safe = try ([output.number] + descriptors).map { try Descriptor(copying: $0, from: lowest) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, safe[0].number, 1)
        posix_spawn_file_actions_adddup2(&actions, safe[0].number, 2)
        for (number, descriptor) in safe.dropFirst().enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor.number, Int32(3 + number))
        }
        return try withExtendedLifetime(safe) { try spawn(&actions) }
    }

    private func spawn(_ actions: inout posix_spawn_file_actions_t) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)

        var words = ([executable] + arguments).map { strdup($0) } + [nil]
        var settings = environment.map { strdup($0) } + [nil]
        defer { (words + settings).forEach { free($0) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, executable, &actions, &attributes, &words, &settings)
        guard code == 0 else { throw SpawnError(operation: "start \(executable)", code: code) }
        return process
    }
}

/// A child process could not be started.
struct SpawnError: Error, CustomStringConvertible {
    let operation: String
    let code: Int32

    var because: String { "\(operation): \(DiskError.reason(of: code))" }
    var description: String { because }
}

/// A descriptor that is closed on deinit.
final class Descriptor {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    /// Open on /dev/null.
    static func ofNothing() -> Descriptor { Descriptor(open("/dev/null", O_RDWR | O_CLOEXEC)) }

    /// A duplicate of a descriptor with a number of at least `lowest`, closed on exec.
    init(copying original: Int32, from lowest: Int32) throws {
        number = fcntl(original, F_DUPFD_CLOEXEC, lowest)
        guard number >= 0 else { throw SpawnError(operation: "duplicate descriptor", code: errno) }
    }

    deinit { close(number) }
}
