// Half of the time for a small picture is the start of the worker: the dynamic loader, ImageMagick's configuration and its coders. A
// responder that makes thumbnails has its next worker do that ahead. It waits for one job, as a message with the job's words
// and descriptors, and is confined then exactly as one that gets them when it starts.

import Confinement
import Glibc

/// What a worker that waits and who starts it agree on.
public enum WaitingWorker {
    /// Its only argument.
    public static let word = "wait"
    /// Milliseconds until it ends by itself.
    public static let patience: Int32 = 20_000
    /// Its exit code when no job came: nothing was read, and another worker may do it.
    public static let codeOfNoJob: Int32 = 78
}

/// A worker that was started ahead, for one job.
final class WaitingChild {
    private let child: RunningChild
    private let line: Descriptor
    private var isOver = false

    /// - Throws: `SpawnError`.
    init(_ executable: String, _ environment: [String]) throws {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw SpawnError(operation: "socketpair", code: errno)
        }
        line = Descriptor(ends[0])
        let other = Descriptor(ends[1])
        child = try Child(executable: executable, arguments: [WaitingWorker.word], environment: environment, descriptors: [other.number],
                          deadline: 0).begin()
        withExtendedLifetime(other) {}
    }

    /// Has it do the job; nil if it ended before it took it.
    func run(_ job: PictureJob, _ descriptors: [Int32], within deadline: Double) -> ChildEnd? {
        let isSent = DescriptorMessage.send(job.arguments, descriptors, over: line.number)
        isOver = true
        let end = child.end(within: isSent ? deadline : 0)
        return isSent && end.manner != .exited(WaitingWorker.codeOfNoJob) ? end : nil
    }

    var process: pid_t { child.process }

    var hasEnded: Bool {
        var end = siginfo_t()
        return waitid(P_PID, id_t(child.process), &end, WEXITED | WNOHANG | WNOWAIT) != 0 || end._sifields._sigchld.si_pid != 0
    }

    deinit { if !isOver { _ = child.end(within: 0) } }
}
