// An answer is a value until the FastCGI door writes it.

import JSONText

/// One answer.
public struct Response {
    public enum Body {
        case empty
        case bytes([UInt8])
        /// Written piece by piece, so that a file is never held in memory.
        case stream((_ write: (UnsafeRawBufferPointer) throws -> Void) throws -> Void)
    }

    public var status: Status
    public var headers = Headers()
    public var body: Body

    public init(_ status: Status, body: Body = .empty) {
        self.status = status
        self.body = body
    }

    public init(_ status: Status, json: JSONValue) {
        let bytes = json.bytes
        self.init(status, body: .bytes(bytes))
        headers.set("Content-Type", "application/json; charset=utf-8")
        headers.set("Content-Length", "\(bytes.count)")
        headers.set("X-Content-Type-Options", "nosniff")
        headers.set("Cache-Control", "no-store")
    }

    /// - Parameter first: members that stand before those of every error.
    public init(_ problem: Problem, first: [(String, JSONValue)] = []) {
        self.init(problem.status, json: .object(first + problem.members))
        for (name, value) in problem.headers { headers.set(name, value) }
    }

    /// Status and headers as CGI writes them (RFC 3875, section 6), with the empty line.
    public var head: String { "Status: \(status.code) \(status.phrase)\r\n\(headers.text)\r\n" }

    public func writeBody(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch body {
        case .empty: break
        case .bytes(let bytes): try bytes.withUnsafeBytes(write)
        case .stream(let produce): try produce(write)
        }
    }
}
