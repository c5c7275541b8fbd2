// A request consists of CGI variables and a body (RFC 3875, section 4.1), under FastCGI and under CGI.

import Text

/// One request.
public final class Request {
    /// The CGI variables.
    public let parameters: [String: String]
    public let method: Method
    /// The path that the web server matched, without the query.
    public let path: String
    /// What stood before the path: the site's path prefix as the web server knows it, "/pictures" or empty.
    public var prefix: String { parameters["IMAGEBED_PREFIX"] ?? "" }
    public let query: Query
    public let body: any BodyStream
    /// The web server's, else one that is made here; see `takeID`.
    public internal(set) var id: RequestID

    public init(parameters: [String: String], body: any BodyStream) {
        self.parameters = parameters
        method = Method(parameters["REQUEST_METHOD"] ?? "")
        path = parameters["SCRIPT_NAME"] ?? ""
        query = Query(parameters["QUERY_STRING"] ?? "")
        self.body = body
        id = Request.idOfWebServer(parameters) ?? .random()
    }

    /// A header field, by case-insensitive name.
    public func header(_ name: String) -> String? {
        let variable = String(decoding: name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0.uppercased }, as: UTF8.self)
        // The two that describe the body have no HTTP_ prefix (RFC 3875, sections 4.1.2 and 4.1.3).
        return parameters["HTTP_" + variable] ?? (Request.bodyVariables.contains(variable) ? parameters[variable] : nil)
    }

    private static let bodyVariables = ["CONTENT_TYPE", "CONTENT_LENGTH"]

    public var cookies: Cookies { Cookies(header("Cookie") ?? "") }

    public var contentType: String { parameters["CONTENT_TYPE"] ?? "" }

    /// Declared length of the body in bytes; nil if the client did not declare one.
    public var contentLength: Int? { parameters["CONTENT_LENGTH"].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

    /// The address of the web server's peer.
    public var remoteAddress: String { parameters["REMOTE_ADDR"] ?? "" }

    /// - Throws: `Problem` 405 with the allowed methods, for any other.
    public func require(_ methods: [Method]) throws {
        guard !methods.contains(method) else { return }
        let allowed = (methods + [.options]).map(\.name).joined(separator: ", ")
        throw Problem.methodNotAllowed(method, allowed: allowed)
    }
}

extension Problem {
    /// - Parameter allowed: the value of the header `Allow`.
    public static func methodNotAllowed(_ method: Method, allowed: String) -> Problem {
        Problem(.methodNotAllowed, says: "Method not allowed", detail: "This address takes \(allowed), but not \(excerpt(method.name)).",
                headers: [("Allow", allowed)])
    }
}
