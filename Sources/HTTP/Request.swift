// A request is its CGI variables and its body (RFC 3875, section 4.1), whichever of FastCGI and CGI brought it.

/// One request.
public final class Request {
    /// The CGI variables.
    public let parameters: [String: String]
    public let method: Method
    /// The path that the web server matched, without query.
    public let path: String
    public let query: Query
    public let body: any BodyStream

    public init(parameters: [String: String], body: any BodyStream) {
        self.parameters = parameters
        method = Method(parameters["REQUEST_METHOD"] ?? "")
        path = parameters["SCRIPT_NAME"] ?? ""
        query = Query(parameters["QUERY_STRING"] ?? "")
        self.body = body
    }

    /// A header field, by its name in any case.
    public func header(_ name: String) -> String? {
        parameters["HTTP_" + String(name.uppercased().map { $0 == "-" ? "_" : $0 })]
    }

    public var contentType: String { parameters["CONTENT_TYPE"] ?? "" }

    /// The peer that the web server saw.
    public var remoteAddress: String { parameters["REMOTE_ADDR"] ?? "" }

    /// - Throws: `Problem` 405 that names the methods, for any other.
    public func require(_ methods: [Method]) throws {
        guard !methods.contains(method) else { return }
        let allowed = (methods + [.options]).map(\.name).joined(separator: ", ")
        throw Problem(.methodNotAllowed, says: "Method not allowed", headers: [("Allow", allowed)])
    }
}
