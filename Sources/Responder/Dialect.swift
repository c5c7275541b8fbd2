// The v1 API, JSON synchronization and EasyImages' forms differ in error responses and CORS rules. Those differences are defined here,
// so that responders do not depend on them.

import HTTP
import JSONText
import Site

/// The error format and CORS rules of a part of the HTTP interface.
public struct Dialect: Sendable {
    let crossOrigin: CrossOrigin
    /// Whether the responder handles every method, also OPTIONS.
    let takesAnyMethod: Bool
    /// Whether the responder is called for OPTIONS too, and the preflight's headers are added to its response.
    let completesPreflight: Bool
    /// Builds an error response.
    let failure: @Sendable (Problem, FailedRequest) -> Response

    private init(crossOrigin: CrossOrigin, takesAnyMethod: Bool, completesPreflight: Bool = false,
                 failure: @escaping @Sendable (Problem, FailedRequest) -> Response) {
        (self.crossOrigin, self.takesAnyMethod, self.completesPreflight) = (crossOrigin, takesAnyMethod, completesPreflight)
        self.failure = failure
    }

    public static let plain = Dialect(crossOrigin: .api(), takesAnyMethod: false) { Response($0.identified($1)) }

    /// Uploads of the v1 API.
    public static let upload = Dialect(crossOrigin: .api(requestHeaders: ["Idempotency-Key"]), takesAnyMethod: false) {
        Response($0.identified($1))
    }

    /// What watches the site learns that it cannot serve, and nothing more: whatever fails is 503.
    public static let health = Dialect(crossOrigin: .api(), takesAnyMethod: false) { problem, failed in
        Response((problem.status.code < 500 ? problem : .unavailable).identified(failed))
    }

    /// The version of the protocol of resumable uploads.
    public static let tusVersion = "1.0.0"

    /// Resumable uploads (tus 1.0). The responder adds what it can do to the preflight, which is the protocol's discovery too.
    public static let tus = Dialect(crossOrigin: .tus, takesAnyMethod: false, completesPreflight: true) {
        Response($0.identified($1))
    }

    /// JSON synchronization.
    public static let sync = Dialect(
        crossOrigin: .api(requestHeaders: ["X-Device-ID", "Idempotency-Key"], exposedHeaders: ["ETag"]), takesAnyMethod: false
    ) { Response($0.identified($1), first: [("success", false)]) }

    /// EasyImages' `api/index.php`: errors are in the body, with status 200; pages of any origin may read responses.
    public static let easyImagesAPI = Dialect(crossOrigin: .easyImages, takesAnyMethod: true) { problem, _ in
        Response(easyImages: problem)
    }

    /// EasyImages' `app/upload.php`: the same, but for pages of this site only.
    public static let easyImagesForm = Dialect(crossOrigin: .sameOrigin, takesAnyMethod: true) { problem, _ in
        Response(easyImages: problem)
    }

    /// EasyImages' `app/del.php`: JSON as a text, with status 200.
    public static let easyImagesText = Dialect(crossOrigin: .sameOrigin, takesAnyMethod: true) { problem, _ in
        Response(DeletionNotice(failed: problem.says, code: Int64(problem.status.code), url: .null), error: problem.says)
    }

    /// What pages embed.
    public static let text = Dialect(crossOrigin: .sameOrigin, takesAnyMethod: false) { problem, _ in Response(text: problem) }

    /// Pages, whose errors are pages too.
    ///
    /// - Parameter failure: may return nil for clients that show no pages; they get the message as a text.
    public static func pages(_ failure: @escaping @Sendable (Problem, FailedRequest) -> Response?) -> Dialect {
        Dialect(crossOrigin: .sameOrigin, takesAnyMethod: false) { problem, failed in failure(problem, failed) ?? Response(text: problem) }
    }
}

/// The request whose error is answered.
public struct FailedRequest {
    public let request: Request
    /// nil if the site cannot be opened.
    public let visit: Visit?
    /// Whether the log has a line about it, with the request's id.
    public let isLogged: Bool
}

extension Problem {
    /// The cause is in the log alone.
    fileprivate static let unavailable = Problem(
        .serviceUnavailable, says: "Service unavailable", detail: "The site cannot serve requests at the moment; its log tells the operator why.",
        headers: [("Retry-After", "5")])

    /// The same for clients of the v1 API, whose errors say by what the operator finds the request.
    fileprivate func identified(_ failed: FailedRequest) -> Problem { with([("request_id", .string(failed.request.id.description))]) }
}

extension Response {
    /// An error as a plain text.
    fileprivate init(text problem: Problem) {
        self.init(problem.status, Array(problem.says.utf8), type: "text/plain; charset=utf-8")
        for (name, value) in problem.headers { headers.set(name, value) }
    }
}

extension Response {
    /// A response of EasyImages' forms: always status 200, slashes escaped.
    public init(easyImages json: JSONValue) {
        self.init(.ok, json.bytes(.slashes), type: Response.jsonType)
    }

    /// An error without a message of its own in EasyImages.
    init(easyImages problem: Problem) {
        self.init(easyImages: [
            "result": "failed", "code": .int(Int64(problem.status.code)), "message": .string(problem.says),
        ])
        for (name, value) in problem.headers { headers.set(name, value) }
    }
}

/// CORS rules. Cookies are never allowed together with `*` (no Allow-Credentials).
struct CrossOrigin: Sendable {
    /// Headers of every response.
    let headers: [(name: String, value: String)]
    /// Request headers that a preflight allows; nil if pages of other origins have no business here.
    private let requestHeaders: [String]?

    /// Pages of any origin may call the API with a key.
    static func api(requestHeaders: [String] = [], exposedHeaders: [String] = [], further: [(String, String)] = []) -> CrossOrigin {
        let exposed = [("Access-Control-Expose-Headers", (exposedHeaders + ["Retry-After"]).joined(separator: ", "))]
        let usual = ["Content-Type", "X-API-Key", "X-Requested-With", "Authorization", "If-Match", "If-None-Match"]
        return CrossOrigin(headers: [("Access-Control-Allow-Origin", "*")] + exposed + further, requestHeaders: usual + requestHeaders)
    }

    /// Every answer names the protocol's version (https://tus.io/protocols/resumable-upload).
    static let tus = api(
        requestHeaders: ["Idempotency-Key", "Tus-Resumable", "Upload-Length", "Upload-Offset", "Upload-Metadata", "Upload-Checksum",
                         "Upload-Defer-Length", "X-HTTP-Method-Override"],
        exposedHeaders: ["Location", "Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Expires", "Tus-Resumable", "Tus-Version",
                         "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm"],
        further: [("Tus-Resumable", Dialect.tusVersion)])

    /// The headers of every EasyImages response, except its Allow-Credentials, which browsers reject together with `*`.
    static let easyImages = CrossOrigin(headers: [
        ("Access-Control-Max-Age", "3600"), ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "PUT, POST, GET, OPTIONS, DELETE"),
        ("Access-Control-Allow-Headers",
         "X-Requested-With, Content-Type, Origin, Cache-Control, Pragma, Authorization, Accept, Accept-Encoding"),
    ], requestHeaders: nil)

    static let sameOrigin = CrossOrigin(headers: [], requestHeaders: nil)

    /// The headers of the response to OPTIONS.
    func preflight(_ methods: [HTTP.Method]) -> [(name: String, value: String)] {
        let allowed = (methods + [.options]).map(\.name).joined(separator: ", ")
        guard let requestHeaders else { return [("Allow", allowed)] }
        return [
            ("Access-Control-Allow-Methods", allowed),
            ("Access-Control-Allow-Headers", requestHeaders.joined(separator: ", ")),
            ("Access-Control-Max-Age", "86400"),
        ]
    }
}
