// What the API page and openapi.json say about a path is one row of a table, so that they cannot contradict each other; the tests send each
// sample of a row to a site and compare each answer with the row's schemas.

import HTTP
import JSONText
import Paths
import Words

/// A text of the pages, in whichever language.
public typealias APIText = KeyPath<Words, String> & Sendable

/// One method of one path of the API.
public struct APIOperation: Sendable {
    /// The operation's id in openapi.json, and its anchor in the page.
    public let id: String
    public let method: HTTP.Method
    public let path: Path
    public let title: APIText
    public let summary: APIText
    public let access: APIAccess
    let errors: APIErrorForm
    /// In the order of the page.
    public let fields: [APIField]
    /// The formats of the request body, the one that the samples use first.
    let bodies: [APIBody]
    let answers: [APIAnswer]
    /// Those of the responder; the web server's own come from `APIRefusal.ofWebServer`.
    let refusals: [APIRefusal]

    init(_ id: String, _ method: HTTP.Method, _ path: Path, _ title: APIText, _ summary: APIText, access: APIAccess, errors: APIErrorForm,
         fields: [APIField] = [], bodies: [APIBody] = [], answers: [APIAnswer], refusals: [APIRefusal]) {
        (self.id, self.method, self.path, self.title, self.summary, self.access) = (id, method, path, title, summary, access)
        (self.errors, self.fields, self.bodies, self.answers, self.refusals) = (errors, fields, bodies, answers, refusals)
    }

    /// All refusals, by status.
    public var allRefusals: [APIRefusal] {
        (refusals + APIRefusal.ofEveryResponder(errors, failure: failure) + APIRefusal.ofWebServer(errors))
            .enumerated().sorted { ($0.element.status, $0.offset) < ($1.element.status, $1.offset) }.map(\.element)
    }

    /// The message of an internal error, which the web server sends too when it cannot take a request in.
    var failure: String {
        switch path {
        case .upload, .resumable: "Upload failed"
        case .tokenUpload: "上传失败"
        case .publicNumbers: "发生错误: 暂时无法统计"
        default: "Internal server error"
        }
    }

    /// All operations, in the order of the page.
    public static let all = files + resumable + sync + easyImages + watching
}

/// Who may send a request.
public enum APIAccess: String, CaseIterable, Sendable {
    case anyone
    /// A key with a scope, or the browser's session.
    case upload, read, json
    /// A key with the scope, of an administrator.
    case metrics
    /// A key of EasyImages in the field `token`.
    case token
}

/// The format of a request body.
public enum APIBody: String, Sendable {
    case multipart = "multipart/form-data"
    case json = "application/json"
    case urlEncoded = "application/x-www-form-urlencoded"
    /// A part of a file.
    case bytes = "application/offset+octet-stream"
}

/// How an error is told.
public enum APIErrorForm: Sendable {
    /// `{"result":"error","code":404,"error":"File not found"}`.
    case plain
    /// The same, with `"success":false` first.
    case sync
    /// `plain` with EasyImages' members after it.
    case deletion
    /// `plain`; what EasyImages' forms refuse has their members.
    case resumable
    /// A picture that says "404", otherwise `plain`.
    case picture
    /// `{"result":"failed","code":404,"message":"File not found"}` with status 200.
    case easyImages
    /// Plain text.
    case text
}

/// One parameter or member of a request.
public struct APIField: Sendable {
    public enum Place: String, Sendable { case query, header, body }

    public let name: String
    public let place: Place
    public let type: APIFieldType
    public let isRequired: Bool
    public let meaning: APIText

    static func query(_ name: String, _ type: APIFieldType, _ meaning: APIText, isRequired: Bool = false) -> APIField {
        APIField(name: name, place: .query, type: type, isRequired: isRequired, meaning: meaning)
    }

    static func header(_ name: String, _ type: APIFieldType, _ meaning: APIText, isRequired: Bool = false) -> APIField {
        APIField(name: name, place: .header, type: type, isRequired: isRequired, meaning: meaning)
    }

    static func body(_ name: String, _ type: APIFieldType, _ meaning: APIText, isRequired: Bool = false) -> APIField {
        APIField(name: name, place: .body, type: type, isRequired: isRequired, meaning: meaning)
    }
}

/// The type of a field with its limits.
public enum APIFieldType: Sendable, Equatable {
    case file
    /// At most so many bytes of UTF-8, without control characters.
    case text(bytes: Int)
    /// At most so many characters.
    case characters(Int)
    case integer(ClosedRange<Int>, initial: Int?)
    case choice([String], initial: String?)
    case flag
    /// Any JSON value, or its text as a string, of at most so many bytes.
    case json(bytes: Int)
}

/// A successful answer.
public struct APIAnswer: Sendable {
    public let status: Int
    /// In English.
    public let description: String
    /// nil for an answer without a body.
    let type: String?
    let schema: JSONValue?
    let headers: [APIHeader]
    /// For the page; a test compares them with the schema.
    public let examples: [APIExample]

    init(_ status: Int, _ description: String, type: String? = "application/json", schema: JSONValue? = nil, headers: [APIHeader] = [],
         examples: APIExample...) {
        (self.status, self.description, self.type, self.schema, self.headers, self.examples) = (status, description, type, schema, headers, examples)
    }
}

/// An answer's body with its title on the page.
public struct APIExample: Sendable {
    public let title: APIText
    /// `{base}` stands for the site's address.
    public let text: String

    init(_ text: String, _ title: APIText = \.api.answer) { (self.title, self.text) = (title, text) }
}

/// A header of an answer.
public struct APIHeader: Sendable {
    let name: String
    /// In English.
    let description: String
    /// Whether each answer has it.
    let isRequired: Bool

    init(_ name: String, _ description: String, isRequired: Bool = true) {
        (self.name, self.description, self.isRequired) = (name, description, isRequired)
    }

    static let tag = APIHeader("ETag", "The content's hash, in quotation marks.")
    static let retryAfter = APIHeader("Retry-After", "Seconds after which a repetition may succeed.")
}
