// The one FCGX_Request of the process. libfcgi keeps pointers into it, so it has a fixed address on the heap; its strings
// are invalid after the next accept, so they are copied.
//
// libfcgi reads without a time limit, so that a peer that stops in the middle would hold the process. Connections are therefore accepted
// here, and handed to it with a limit for each wait (SO_RCVTIMEO); the limit for all parameters is the caller's (`Alarm`).

internal import CFastCGI
import Glibc

final class RequestSlot {
    private let request: UnsafeMutablePointer<FCGX_Request>
    private let descriptor: Int32

    /// Larger parameter blocks do not come from a web server.
    static let parameterLimit = 65_536

    /// Without a socket of its own, libfcgi serves only the connections that it is given.
    private static let noSocket: Int32 = -1

    init(listening descriptor: Int32) {
        self.descriptor = descriptor
        request = .allocate(capacity: 1)
        request.initialize(to: FCGX_Request())
        FCGX_Init()
        FCGX_InitRequest(request, RequestSlot.noSocket, FCGI_FAIL_ACCEPT_ON_INTR)
    }

    deinit {
        FCGX_Free(request, 1)
        request.deallocate()
    }

    enum Arrival {
        /// A connection, by its descriptor; no request is read yet.
        case connection(Int32)
        /// Another process accepted it.
        case nobody
        /// No descriptor or memory is left for accept.
        case exhausted
    }

    /// Accepts the next connection, without waiting for one.
    ///
    /// - Parameter waitSeconds: how long a read may wait for the peer.
    func accept(waitSeconds: Int) -> Arrival {
        let connection = Glibc.accept(descriptor, nil, nil)
        guard connection >= 0 else { return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .exhausted : .nobody }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        var wait = timeval(tv_sec: waitSeconds, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        return .connection(connection)
    }

    /// Reads the beginning and the parameters of a request; false if the peer closed the connection or sent something else. The connection
    /// is closed then.
    func readParameters(from connection: Int32) -> Bool {
        // FCGX_Accept_r takes a kept connection before it would accept one.
        request.pointee.ipcFd = connection
        request.pointee.keepConnection = 1
        guard FCGX_Accept_r(request) == 0 else { return false }
        // A kept one would be read before all that wait, and could hold the process. Each carries one request, whatever the peer asks for.
        request.pointee.keepConnection = 0
        return true
    }

    /// The request's CGI variables; invalid UTF-8 is replaced. Variables beyond the limit are omitted.
    func parameters() -> [String: String] {
        var found: [String: String] = [:]
        found.reserveCapacity(48)
        var total = 0
        var next = request.pointee.envp
        while let pair = next?.pointee {
            total += strlen(pair)
            guard total <= RequestSlot.parameterLimit else { break }
            CGIVariable.add(pair, to: &found)
            next = next?.advanced(by: 1)
        }
        return found
    }

    /// Reads body bytes; 0 at the end, -1 if the connection broke or nothing came for too long.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let start = buffer.baseAddress else { return 0 }
        let count = FCGX_GetStr(start.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count), request.pointee.in)
        return count > 0 ? Int(count) : FCGX_GetError(request.pointee.in) == 0 ? 0 : -1
    }

    /// Whether reading ended because nothing came for too long.
    var hasTimedOut: Bool { FCGX_GetError(request.pointee.in) == EAGAIN }

    /// False if the peer has closed the connection.
    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return true }
        return FCGX_PutStr(start, Int32(clamping: bytes.count), request.pointee.out) >= 0
    }

    func finish() { FCGX_Finish_r(request) }
}

enum CGIVariable {
    /// Splits "NAME=value".
    static func add(_ pair: UnsafePointer<CChar>, to variables: inout [String: String]) {
        let bytes = UnsafeRawBufferPointer(start: pair, count: strlen(pair))
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return }
        let name = String(decoding: bytes[..<equals], as: UTF8.self)
        variables[name] = String(decoding: bytes[(equals + 1)...], as: UTF8.self)
    }
}

/// The one request of a plain CGI process (RFC 3875): variables in the environment, body on descriptor 0, response on 1.
enum PlainCGI {
    static func parameters() -> [String: String] {
        var found: [String: String] = [:]
        var next = Glibc.environ
        while let pair = next.pointee {
            CGIVariable.add(pair, to: &found)
            next = next.advanced(by: 1)
        }
        return found
    }

    static func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let count = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { continue }
            return count
        }
    }

    static func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return true
    }
}
