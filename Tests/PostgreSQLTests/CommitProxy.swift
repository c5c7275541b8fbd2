// A way to the server on which the answer to COMMIT is lost.

import Glibc
import TestSupport

/// Passes on one connection at a time, and ends it when a COMMIT was said and answered, or before it is said.
final class CommitProxy {
    enum Loss { case answer, question }

    private let temporary = TemporaryFolder()
    private let listener: Int32
    private let serverFolder: String
    private var server: String { serverFolder + "/.s.PGSQL.5432" }
    private let loss: Loss

    /// Where libpq finds the same database through it.
    func words(_ direct: String) -> String { direct.replacing("host=\(serverFolder)", with: "host=\(temporary.path)") }

    init(_ server: DatabaseServer, losing loss: Loss) {
        (serverFolder, self.loss) = (server.folder, loss)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        CommitProxy.withAddress(temporary.path + "/.s.PGSQL.5432") { precondition(bind(listener, $0, $1) == 0) }
        listen(listener, 8)
        var thread = pthread_t()
        pthread_create(&thread, nil, { context in
            Unmanaged<CommitProxy>.fromOpaque(context!).takeUnretainedValue().serve()
            return nil
        }, Unmanaged.passRetained(self).toOpaque())
    }

    private func serve() {
        while case let client = accept(listener, nil, nil), client >= 0 {
            let target = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            CommitProxy.withAddress(server) { precondition(connect(target, $0, $1) == 0) }
            while pass(client, target) {}
            close(client)
            close(target)
        }
    }

    /// false: the connection is over.
    private func pass(_ client: Int32, _ target: Int32) -> Bool {
        var ends = [client, target].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        poll(&ends, 2, -1)
        for (end, other) in zip(ends, [target, client]) where end.revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = read(end.fd, &bytes, bytes.count)
            guard count > 0 else { return false }
            let isCommit = end.fd == client && String(decoding: bytes[..<count], as: UTF8.self).contains("COMMIT")
            if isCommit, loss == .question { return false }
            _ = write(other, bytes, count)
            if isCommit {
                _ = read(target, &bytes, bytes.count)
                return false
            }
        }
        return true
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Void) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
