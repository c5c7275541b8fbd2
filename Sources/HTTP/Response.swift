// A response is a value until the FastCGI target writes it.

import JSONText

/// One response.
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
    /// For the log: what an operator should know although the request succeeded.
    public var remarks: [String] = []
    /// For the log, if the response tells an error.
    public var problem: Problem?

    public init(_ status: Status, body: Body = .empty) {
        self.status = status
        self.body = body
    }

    /// A response for this request alone: no content sniffing, no caching.
    public init(_ status: Status, _ bytes: [UInt8], type: String) {
        self.init(status, body: .bytes(bytes))
        headers.set("Content-Type", type)
        headers.set("Content-Length", "\(bytes.count)")
        headers.set("X-Content-Type-Options", "nosniff")
        headers.set("Cache-Control", "no-store")
    }

    public init(_ status: Status, json: JSONValue) {
        self.init(status, json.bytes, type: Response.jsonType)
    }

    public static let jsonType = "application/json; charset=utf-8"

    /// - Parameter first: members that precede those of every error.
    public init(_ problem: Problem, first: [(String, JSONValue)] = []) {
        self.init(problem.status, json: .object(first + problem.members))
        for (name, value) in problem.headers { headers.set(name, value) }
    }

    /// The same for a reply that decides itself how it tells an error; it is logged like one that is thrown.
    public init(telling problem: Problem) {
        self.init(problem)
        self.problem = problem
    }

    /// The same response with more remarks.
    public func remarking(_ remarks: [String]) -> Response {
        var response = self
        response.remarks += remarks
        return response
    }

    /// Status and headers in CGI format (RFC 3875, section 6), with the empty line.
    public var head: String { "Status: \(status.code) \(status.phrase)\r\n\(headers.text)\r\n" }

    public func writeBody(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch body {
        case .empty: break
        case .bytes(let bytes): try bytes.withUnsafeBytes(write)
        case .stream(let produce): try produce(write)
        }
    }
}
