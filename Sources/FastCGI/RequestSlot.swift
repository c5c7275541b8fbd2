// The one FCGX_Request of the process. libfcgi keeps pointers into it, so it has a fixed address on the heap; its strings
// are invalid after the next accept, so they are copied.

internal import CFastCGI
import Glibc

final class RequestSlot {
    private let request: UnsafeMutablePointer<FCGX_Request>

    /// Larger parameter blocks do not come from a web server.
    static let parameterLimit = 65_536

    init(listening descriptor: Int32) {
        request = .allocate(capacity: 1)
        request.initialize(to: FCGX_Request())
        FCGX_Init()
        FCGX_InitRequest(request, descriptor, FCGI_FAIL_ACCEPT_ON_INTR)
    }

    deinit {
        FCGX_Free(request, 1)
        request.deallocate()
    }

    enum Arrival {
        case accepted
        /// Another process accepted the connection, or the peer closed it or sent an invalid request.
        case nobody
        /// No descriptor or memory is left for accept.
        case exhausted
    }

    func accept() -> Arrival {
        errno = 0
        if FCGX_Accept_r(request) == 0 { return .accepted }
        return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .exhausted : .nobody
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

    /// Reads body bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let start = buffer.baseAddress else { return 0 }
        let wanted = Int32(clamping: buffer.count)
        return Int(max(FCGX_GetStr(start.assumingMemoryBound(to: CChar.self), wanted, request.pointee.in), 0))
    }

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
            return max(count, 0)
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
