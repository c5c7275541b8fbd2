// How the process was started decides how requests come in: systemd hands over a listening socket as descriptor 3, spawn-fcgi
// and multiwatch as descriptor 0 (FastCGI 1.0, section 2.2), and a plain CGI server hands over one request in the environment.

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

/// Waiting for the next connection in a way that SIGTERM can end at any moment, without a gap between looking and sleeping.
///
/// Several processes wait for one socket. Only one of them is woken by a connection, and as long as it keeps up the same one:
/// the others would come too late, and its database pages are still in its memory.
struct Doorbell {
    private let descriptor: Int32
    private let queue: Int32
    private let idleSeconds: Int?
    private let whileWaiting: sigset_t

    private nonisolated(unsafe) static var wasAskedToStop: Int32 = 0

    /// What process managers ask with: systemd and people, nginx's manner, multiwatch.
    private static let requestsToStop = [SIGTERM, SIGQUIT, SIGUSR1]

    /// Between two looks at what a connection has to wait for.
    private static let pauseMilliseconds: Int32 = 100

    /// A process that is killed between its waking and its accepting takes the bell with it; so long such a connection waits.
    private static let roundSeconds = 10

    /// Takes the requests to stop for itself: they are blocked for good and only let in while waiting, so that they never cut
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
        // Those that come too late all the same must not sleep in accept, deaf to SIGTERM.
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    }

    /// Sleeps until somebody connects; false when the process is to end (SIGTERM, or idle for long enough).
    func wait() -> Bool {
        var mask = whileWaiting
        var idle = 0
        while Doorbell.wasAskedToStop == 0 {
            let round = min(Doorbell.roundSeconds, (idleSeconds ?? .max) - idle)
            let ready = imagebed_wait_in_queue(queue, Int32(round * 1000), &mask)
            if ready > 0 || ready == 0 && imagebed_is_readable(descriptor) != 0 { return true }
            if ready < 0 && errno != EINTR { return false }
            if ready == 0 { idle += round }
            if idle >= idleSeconds ?? .max { return false }
        }
        return false
    }

    /// Sleeps for a moment while a connection is left to wait; a request to stop ends it.
    func pause() {
        var mask = whileWaiting
        imagebed_pause(Doorbell.pauseMilliseconds, &mask)
    }
}
