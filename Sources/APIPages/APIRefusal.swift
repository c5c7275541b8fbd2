// Every refusal with its exact message. Clients compare messages, so they are written here as they are sent; a test on the wire compares.

import JSONText

/// A request that fails.
public struct APIRefusal: Sendable {
    public enum Message: Sendable, Equatable {
        case exactly(String)
        /// What follows names the limit or the fault.
        case begins(String)
    }

    /// The HTTP status.
    public let status: Int
    /// The code in the body, which differs from the status in EasyImages' dialect only.
    public let code: Int
    public let message: Message
    public let meaning: APIText
    /// Further members of the body.
    let members: [Member]
    let headers: [APIHeader]
    /// Whether nginx or Apache answer it before a responder sees the request.
    private(set) var isOfWebServer = false

    init(_ status: Int, _ message: String, _ meaning: APIText, code: Int? = nil, members: [Member] = [], headers: [APIHeader] = []) {
        self.init(status, .exactly(message), meaning, code: code, members: members, headers: headers)
    }

    init(_ status: Int, beginning message: String, _ meaning: APIText, headers: [APIHeader] = []) {
        self.init(status, .begins(message), meaning, headers: headers)
    }

    private init(_ status: Int, _ message: Message, _ meaning: APIText, code: Int? = nil, members: [Member] = [], headers: [APIHeader] = []) {
        (self.status, self.code, self.message, self.meaning) = (status, code ?? status, message, meaning)
        (self.members, self.headers) = (members, headers)
    }

    /// The same as EasyImages' clients get it: with status 200, and the status as the body's code.
    var inBody: APIRefusal { APIRefusal(200, message, meaning, code: code) }

    /// The same of one of several files in a form.
    func with(_ member: Member) -> APIRefusal { APIRefusal(status, message, meaning, code: code, members: members + [member], headers: headers) }

    /// The message for people: "Invalid parameter: …".
    public var text: String {
        switch message {
        case .exactly(let text): text
        case .begins(let text): text + "…"
        }
    }
}

// Authentication and forms

extension APIRefusal {
    static let loginRequired = APIRefusal(401, "Login required or invalid token", \.apiErrors.loginRequired)
    static let invalidKey = APIRefusal(401, "Invalid API key", \.apiErrors.invalidKey)

    static func lacks(_ scope: APIAccess) -> APIRefusal {
        APIRefusal(403, "API key lacks the scope: \(scope.rawValue)", \.apiErrors.scope)
    }

    static func access(_ scope: APIAccess) -> [APIRefusal] { [loginRequired, invalidKey, lacks(scope)] }

    static let noFile = APIRefusal(400, "No file uploaded", \.apiErrors.noFile)
    static let multipart = APIRefusal(400, beginning: "Invalid multipart body: ", \.apiErrors.multipart)
    static let cutShort = APIRefusal(400, "Request body cut short", \.apiErrors.cutShort)
    static let fileNotFound = APIRefusal(404, "File not found", \.apiErrors.fileNotFound)

    static let parameter = APIRefusal(400, beginning: "Invalid parameter: ", \.apiErrors.parameter)
}

// Limits of use

extension APIRefusal {
    static let limitReached = APIRefusal(429, "Too many requests", \.apiErrors.limit, headers: [.retryAfter])
}

// Uploads

extension APIRefusal {
    /// Of the file itself, and of how long it is to be kept.
    static let ofFile = [
        APIRefusal(400, "Invalid file type", \.apiErrors.fileType), APIRefusal(400, "File too large", \.apiErrors.fileTooLarge),
        APIRefusal(400, "Too many pixels", \.apiErrors.tooManyPixels), APIRefusal(400, "Too few pixels", \.apiErrors.fileTooSmall),
        APIRefusal(403, "Video upload disabled", \.apiErrors.videosOff), APIRefusal(403, "Quota exceeded", \.apiErrors.quota),
        APIRefusal(400, "Invalid parameter: expires", \.apiErrors.expires),
    ]

    /// The header itself.
    static let uploadKey = APIRefusal(400, beginning: "Invalid parameter: Idempotency-Key (", \.apiErrors.parameter)
    static let uploadInProgress = APIRefusal(409, "An upload with this Idempotency-Key is in progress", \.apiErrors.keyInUse, headers: [.retryAfter])
    static let uploadDeleted = APIRefusal(410, "The file uploaded with this Idempotency-Key was deleted", \.apiErrors.keyOfDeleted)

    static let ofUploadKey = [
        uploadInProgress, APIRefusal(422, "Idempotency-Key was used for another upload", \.apiErrors.keyReused), uploadDeleted,
    ]
}

// JSON files

extension APIRefusal {
    static let invalidJSON = APIRefusal(400, "Invalid JSON content", \.apiErrors.json)
    static let unknownJSONFile = APIRefusal(404, "File not found", \.apiErrors.jsonFileNotFound,
                                            members: [.optional("deleted", Schema.flag("The newest version is a deletion."))])
    static let unknownVersion = APIRefusal(404, "Version not found", \.apiErrors.versionNotFound, members: [
        .optional("deleted", Schema.flag("The version is a deletion.")), .optional("expired", Schema.flag("Its content is no longer kept.")),
    ])
    static let contentTooLarge = APIRefusal(413, "File too large", \.apiErrors.contentTooLarge)
    static let newerVersion = APIRefusal(409, "Conflict: the file has a newer version", \.apiErrors.newerVersion, members: head)
    static let precondition = APIRefusal(412, "Precondition failed", \.apiErrors.precondition, members: head)
    static let keyReused = APIRefusal(409, "Idempotency-Key was used for another push", \.apiErrors.keyReused)

    private static let head = [
        Member("current_version", Schema.count("The newest version.")), Member("hash", Schema.hashOrNull("Its hash; null for a deletion.")),
    ]

    /// Those of a request with a body in one of the three formats.
    static let ofJSONBody = [invalidJSON, multipart, noFile, cutShort, contentTooLarge]
}

// Every path

extension APIRefusal {
    /// Errors that any responder may answer with.
    static func ofEveryResponder(_ form: APIErrorForm, failure: String) -> [APIRefusal] {
        let common = [
            APIRefusal(503, "Server busy", \.apiErrors.busy, headers: [.retryAfter]),
            APIRefusal(503, "Site is being moved", \.apiErrors.moving, headers: [.retryAfter]),
            APIRefusal(507, "Insufficient storage", \.apiErrors.full), APIRefusal(500, failure, \.apiErrors.failure),
        ]
        return form == .easyImages ? common.map(\.inBody) : common + [method]
    }

    private static let method = APIRefusal(405, "Method not allowed", \.apiErrors.method,
                                           headers: [APIHeader("Allow", "The methods of the path.")])

    /// What nginx or Apache refuse before a responder sees the request.
    static func ofWebServer(_ form: APIErrorForm) -> [APIRefusal] {
        let tooLarge = form == .easyImages
            ? [APIRefusal(200, "没有选择上传的文件", \.apiErrors.body, code: 204), APIRefusal(413, "没有选择上传的文件", \.apiErrors.body, code: 204)]
            : [APIRefusal(413, "File too large", \.apiErrors.body)]
        return (tooLarge + [
            APIRefusal(400, "Bad request", \.apiErrors.badRequest), APIRefusal(408, "Request timeout", \.apiErrors.timeout),
            APIRefusal(414, "Request too large", \.apiErrors.longAddress), APIRefusal(417, "Expectation failed", \.apiErrors.unsupported),
            APIRefusal(431, "Request too large", \.apiErrors.longHeaders),
            APIRefusal(429, "Too many requests", \.apiErrors.tooMany, headers: [.retryAfter]),
            APIRefusal(501, "Server error", \.apiErrors.unsupported), APIRefusal(501, "Method not allowed", \.apiErrors.unsupported),
            APIRefusal(502, "Bad gateway", \.apiErrors.noResponder),
            APIRefusal(503, "Service unavailable", \.apiErrors.noResponder, headers: [.retryAfter]),
            APIRefusal(504, "Gateway timeout", \.apiErrors.slowResponder), APIRefusal(505, "Server error", \.apiErrors.unsupported),
        ]).map { refusal in
            var refusal = refusal
            refusal.isOfWebServer = true
            return refusal
        }
    }
}
