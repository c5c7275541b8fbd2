// How requests arrive depends on how the process was started: systemd passes a listening socket as descriptor 3, spawn-fcgi
// and multiwatch as descriptor 0 (FastCGI 1.0, section 2.2); a plain CGI server passes one request in the environment.

internal import CFastCGI
import Glibc

enum Listener {
    case socket(Int32)
    case plainCGI

    /// First descriptor that systemd passes (sd_listen_fds(3)).
    private static let firstPassedDescriptor: Int32 = 3

    static var ofThisProcess: Listener {
        if let process = getenv("LISTEN_PID"), String(cString: process) == "\(getpid())", getenv("LISTEN_FDS") != nil {
            return .socket(firstPassedDescriptor)
        }
        var listens: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let isSocket = getsockopt(STDIN_FILENO, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0
        return isSocket && listens != 0 ? .socket(STDIN_FILENO) : .plainCGI
    }
}

/// Waits for the next connection; SIGTERM can interrupt the wait at any moment, without a race.
///
/// Several processes wait for one socket. A connection wakes only one of them, and under light load always the same one:
/// others would wake in vain, and its database pages are still cached.
struct Doorbell {
    private let descriptor: Int32
    private let queue: Int32
    private let idleSeconds: Int?
    private let whileWaiting: sigset_t

    private nonisolated(unsafe) static var wasAskedToStop: Int32 = 0

    /// Stop signals of process managers: systemd and people; nginx's convention; multiwatch.
    private static let requestsToStop = [SIGTERM, SIGQUIT, SIGUSR1]

    /// Poll interval while a connection is left waiting.
    private static let pauseMilliseconds: Int32 = 100

    /// If a process is killed between waking up and accepting, no other process is woken; the connection then waits this long at most.
    private static let roundSeconds = 10

    /// Blocks the stop signals permanently and unblocks them only while waiting, so that they never interrupt
    /// a request.
    init(descriptor: Int32, idleSeconds: Int?) {
        self.descriptor = descriptor
        self.idleSeconds = idleSeconds
        queue = imagebed_open_queue(descriptor)
        var requests = sigset_t()
        sigemptyset(&requests)
        for request in Doorbell.requestsToStop { sigaddset(&requests, request) }
        var before = sigset_t()
        sigprocmask(SIG_BLOCK, &requests, &before)
        for request in Doorbell.requestsToStop {
            sigdelset(&before, request)
            signal(request) { _ in Doorbell.wasAskedToStop = 1 }
        }
        whileWaiting = before
        // A process that wakes too late must not block in accept, where it would not notice SIGTERM.
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    }

    /// Waits for a connection; false if the process is to end (SIGTERM, or idle for long enough).
    ///
    /// - Parameter meanwhile: called after each round of ten seconds without one.
    func wait(meanwhile: () -> Void) -> Bool {
        var mask = whileWaiting
        var idle = 0
        while Doorbell.wasAskedToStop == 0 {
            let round = min(Doorbell.roundSeconds, (idleSeconds ?? .max) - idle)
            let ready = imagebed_wait_in_queue(queue, Int32(round * 1000), &mask)
            if ready > 0 || ready == 0 && imagebed_is_readable(descriptor) != 0 { return true }
            if ready < 0 && errno != EINTR { return false }
            if ready == 0 { idle += round }
            if idle >= idleSeconds ?? .max { return false }
            if ready == 0 { meanwhile() }
        }
        return false
    }

    /// Sleeps for one poll interval; a stop signal ends it.
    func pause() {
        var mask = whileWaiting
        imagebed_pause(Doorbell.pauseMilliseconds, &mask)
    }
}
