// The status codes that this site uses.

/// A status code with its phrase (RFC 9110, section 15).
public struct Status: Hashable, Sendable {
    public let code: Int
    public let phrase: String

    public init(code: Int, phrase: String) { (self.code, self.phrase) = (code, phrase) }

    /// A status that was stored: its phrase, which means nothing to clients, is left out.
    public init(_ code: Int) { self.init(code: code, phrase: "") }

    public static let ok = Status(code: 200, phrase: "OK")
    public static let created = Status(code: 201, phrase: "Created")
    public static let noContent = Status(code: 204, phrase: "No Content")
    public static let found = Status(code: 302, phrase: "Found")
    public static let seeOther = Status(code: 303, phrase: "See Other")
    public static let notModified = Status(code: 304, phrase: "Not Modified")
    public static let badRequest = Status(code: 400, phrase: "Bad Request")
    public static let unauthorized = Status(code: 401, phrase: "Unauthorized")
    public static let forbidden = Status(code: 403, phrase: "Forbidden")
    public static let notFound = Status(code: 404, phrase: "Not Found")
    public static let methodNotAllowed = Status(code: 405, phrase: "Method Not Allowed")
    public static let conflict = Status(code: 409, phrase: "Conflict")
    public static let gone = Status(code: 410, phrase: "Gone")
    public static let preconditionFailed = Status(code: 412, phrase: "Precondition Failed")
    public static let contentTooLarge = Status(code: 413, phrase: "Content Too Large")
    public static let unsupportedMediaType = Status(code: 415, phrase: "Unsupported Media Type")
    public static let unprocessableContent = Status(code: 422, phrase: "Unprocessable Content")
    public static let locked = Status(code: 423, phrase: "Locked")
    public static let tooManyRequests = Status(code: 429, phrase: "Too Many Requests")
    /// Of the extension "checksum" of tus 1.0.
    public static let checksumMismatch = Status(code: 460, phrase: "Checksum Mismatch")
    public static let internalServerError = Status(code: 500, phrase: "Internal Server Error")
    public static let serviceUnavailable = Status(code: 503, phrase: "Service Unavailable")
    public static let insufficientStorage = Status(code: 507, phrase: "Insufficient Storage")
}
