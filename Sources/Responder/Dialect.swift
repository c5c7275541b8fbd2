// The v1 API, the JSON paths, and the forms of the replaced program differ in how they fail and in what pages of other origins
// may do. That stands here, so that responders know only their own business.

import HTTP
import JSONText

/// What one part of the site does differently from the others.
public struct Dialect: Sendable {
    let crossOrigin: CrossOrigin
    /// Whether every method comes to the responder, OPTIONS too.
    let takesAnyMethod: Bool
    /// How a failure is told.
    let failure: @Sendable (Problem) -> Response

    public static let plain = Dialect(crossOrigin: .api(), takesAnyMethod: false) { Response($0) }

    /// JSON synchronisation.
    public static let sync = Dialect(
        crossOrigin: .api(requestHeaders: ["X-Device-ID", "Idempotency-Key"], exposedHeaders: ["ETag"]), takesAnyMethod: false
    ) { Response($0, first: [("success", false)]) }

    /// EasyImages' `api/index.php`: whatever happens is told in the body, with status 200, and pages of any origin read it.
    public static let easyImagesAPI = Dialect(crossOrigin: .easyImages, takesAnyMethod: true) { Response(easyImages: $0) }

    /// EasyImages' `app/upload.php`: the same for pages of this site alone.
    public static let easyImagesForm = Dialect(crossOrigin: .sameOrigin, takesAnyMethod: true) { Response(easyImages: $0) }

    /// EasyImages' `app/del.php`: JSON as a text, with status 200.
    public static let easyImagesText = Dialect(crossOrigin: .sameOrigin, takesAnyMethod: true) { problem in
        Response(.ok, jsonText: .object([
            ("code", .int(Int64(problem.status.code))), ("msg", .string(problem.says)), ("type", "danger"), ("icon", "exclamation-sign"),
            ("mode", "delete"), ("url", nil), ("result", "error"), ("error", .string(problem.says)),
        ]))
    }

    /// Pages for people, and what pages embed.
    public static let page = Dialect(crossOrigin: .sameOrigin, takesAnyMethod: false) { problem in
        var response = Response(problem.status, Array(problem.says.utf8), type: "text/plain; charset=utf-8")
        for (name, value) in problem.headers { response.headers.set(name, value) }
        return response
    }
}

extension Response {
    /// An answer of EasyImages' forms: always status 200, slashes escaped.
    public init(easyImages json: JSONValue) {
        self.init(.ok, json.bytes(.slashes), type: Response.jsonType)
    }

    /// A failure that those forms have no words of their own for.
    init(easyImages problem: Problem) {
        self.init(easyImages: [
            "result": "failed", "code": .int(Int64(problem.status.code)), "message": .string(problem.says),
        ])
        for (name, value) in problem.headers { headers.set(name, value) }
    }
}

/// What pages of other origins may do. Cookies never go along with `*` (no Allow-Credentials).
struct CrossOrigin: Sendable {
    /// Headers of every answer.
    let headers: [(name: String, value: String)]
    /// Request headers that a preflight allows; nil answers no preflight.
    private let requestHeaders: [String]?

    /// Any page may call the API with a key.
    static func api(requestHeaders: [String] = [], exposedHeaders: [String] = []) -> CrossOrigin {
        let exposed = exposedHeaders.isEmpty ? [] : [("Access-Control-Expose-Headers", exposedHeaders.joined(separator: ", "))]
        let usual = ["Content-Type", "X-API-Key", "X-Requested-With", "Authorization", "If-Match", "If-None-Match"]
        return CrossOrigin(headers: [("Access-Control-Allow-Origin", "*")] + exposed, requestHeaders: usual + requestHeaders)
    }

    /// As EasyImages has it on every answer, but for its Allow-Credentials, which browsers refuse beside `*`.
    static let easyImages = CrossOrigin(headers: [
        ("Access-Control-Max-Age", "3600"), ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "PUT, POST, GET, OPTIONS, DELETE"),
        ("Access-Control-Allow-Headers",
         "X-Requested-With, Content-Type, Origin, Cache-Control, Pragma, Authorization, Accept, Accept-Encoding"),
    ], requestHeaders: nil)

    static let sameOrigin = CrossOrigin(headers: [], requestHeaders: nil)

    /// The answer to OPTIONS.
    func preflight(_ methods: [HTTP.Method]) -> Response? {
        guard let requestHeaders else { return nil }
        var response = Response(.noContent)
        response.headers.set("Access-Control-Allow-Methods", (methods + [.options]).map(\.name).joined(separator: ", "))
        response.headers.set("Access-Control-Allow-Headers", requestHeaders.joined(separator: ", "))
        response.headers.set("Access-Control-Max-Age", "86400")
        for (name, value) in headers { response.headers.set(name, value) }
        return response
    }
}
