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
struct Doorbell {
    private let descriptor: Int32
    private let idleSeconds: Int?
    private let whileWaiting: sigset_t

    private nonisolated(unsafe) static var wasAskedToStop: Int32 = 0

    /// What process managers ask with: systemd and people, nginx's manner, multiwatch.
    private static let requestsToStop = [SIGTERM, SIGQUIT, SIGUSR1]

    /// Takes the requests to stop for itself: they are blocked for good and only let in while waiting, so that they never cut
    /// a request.
    init(descriptor: Int32, idleSeconds: Int?) {
        self.descriptor = descriptor
        self.idleSeconds = idleSeconds
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
        // Several processes wait for one socket: those that come too late must not sleep in accept, deaf to SIGTERM.
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    }

    /// Sleeps until somebody connects; false when the process is to end (SIGTERM, or idle for long enough).
    func wait() -> Bool {
        var mask = whileWaiting
        while Doorbell.wasAskedToStop == 0 {
            let ready = imagebed_wait_readable(descriptor, idleSeconds ?? -1, &mask)
            if ready > 0 { return true }
            if ready == 0 || errno != EINTR { return false }
        }
        return false
    }
}
