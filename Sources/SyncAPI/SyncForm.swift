// The body of a writing request, in one of the three formats that clients send. It is written to disk while it is received. `content` is
// validated, minified and hashed in one pass; only the short fields are held in memory.

import HTTP
import JSONText
import Paths
import Site
import SyncRules
import SyncStore

/// The fields of a writing request.
public struct SyncForm {
    enum Field {
        case text(String), number(Int), flag(Bool)
        /// An object, an array or a fraction: invalid for every field except `content`.
        case other
    }

    private var fields: [String: Field] = [:]
    /// nil if none was sent, or if it has not been parsed.
    public private(set) var content: Document?
    /// The content of a form's field as it was sent.
    public private(set) var sentContent: HeldText?

    /// Maximum bytes of a body: a content and the fields around it. A megabyte less than the web server takes, so that this program answers.
    static let bodyLimit = (Endpoint.jsonMegabytes - 1) << 20

    /// - Parameter isParsed: whether the content of a form's field is parsed; the caller does so with `parse` if not.
    /// - Throws: `Problem`, `JSONRefusal`, `SyncError`, `DiskError`.
    public init(_ visit: Visit, isParsed: Bool = true) throws {
        let (request, store) = (visit.request, visit.site.sync)
        if let length = request.contentLength, length > SyncForm.bodyLimit { throw Problem.fileTooLarge(length) }
        let type = request.contentType.lowercased().prefix { $0 != ";" }
        if type.hasPrefix("multipart/") {
            try readMultipart(request, store)
        } else {
            let body = try SyncForm.read(request.body, store)
            let first = body.bytes.first { ![9, 10, 13, 32].contains($0) }
            // Scripts often omit the type, and curl then sends that of a form.
            if type.hasPrefix("application/json") || type.contains("json") || first == UInt8(ascii: "{") {
                try readJSON(body, store)
            } else if type.contains("x-www-form-urlencoded") {
                try readURLEncoded(body, store)
            } else {
                throw SyncForm.unknownType
            }
        }
        if isParsed, let sentContent { content = try SyncForm.parse(sentContent, store) }
    }

    private static let unknownType = Problem(
        .badRequest, says: "Invalid JSON content",
        detail: "the body is none of application/json, multipart/form-data and application/x-www-form-urlencoded")

    // Fields

    /// The API key in the form.
    var apiKey: String? {
        guard case .text(let key) = fields["token"] else { return nil }
        return key
    }

    /// A text field; nil if it is missing.
    public func text(_ name: String) throws -> String? {
        switch fields[name] {
        case nil: return nil
        case .text(let text): return text
        default: throw Problem.badField(name)
        }
    }

    /// An integer field; nil if it is missing or empty.
    public func integer(_ name: String) throws -> Int? {
        switch fields[name] {
        case nil: return nil
        case .number(let number): return number
        case .text(let text) where text.isEmpty: return nil
        case .text(let text):
            guard let number = Int(text) else { throw Problem.badField(name, text) }
            return number
        default: throw Problem.badField(name)
        }
    }

    /// Whether a boolean field is `true` or `1`.
    public func flag(_ name: String) throws -> Bool {
        switch fields[name] {
        case nil: return false
        case .flag(let flag): return flag
        case .number(let number) where number == 0 || number == 1: return number == 1
        case .text(let text) where ["", "0", "false"].contains(text): return false
        case .text(let text) where ["1", "true"].contains(text): return true
        default: throw Problem.badField(name)
        }
    }

    public var fileKey: FileKey {
        get throws {
            let text = try text("file_key")
            guard let key = text.flatMap(FileKey.init) else { throw Problem.badField("file_key", text) }
            return key
        }
    }

    // The three formats

    private mutating func readJSON(_ body: HeldText, _ store: SyncStore) throws {
        let spool = SyncForm.contentSpool(store)
        let members = try JSONObjectSlices(body.bytes, minifying: "content", into: spool.write)
        for name in SyncForm.names {
            guard let member = members[name], member.kind != .null else { continue }
            fields[name] = SyncForm.field(member)
        }
        switch members["content"]?.kind {
        case nil, .null: return
        case .string: content = try SyncForm.parse(try SyncForm.unescaped(members["content"]!.bytes, store), store)
        default: content = try spool.document()
        }
    }

    private mutating func readMultipart(_ request: Request, _ store: SyncStore) throws {
        let reader = try MultipartReader(contentType: request.contentType, body: request.body)
        var sent: HeldText?
        while let part = try reader.nextPart() {
            if part.name == "content" {
                guard sent == nil else { throw Problem.badField("content") }
                let spool = SyncForm.bodySpool(store)
                try reader.readPart(spool.write)
                sent = try spool.text()
            } else {
                try add(part.name, try reader.readField())
            }
        }
        if let sent, !sent.bytes.isEmpty { sentContent = sent }
    }

    private mutating func readURLEncoded(_ body: HeldText, _ store: SyncStore) throws {
        var sent: HeldText?
        for pair in body.bytes.split(separator: UInt8(ascii: "&"), maxSplits: 256) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = SyncForm.decoded(pair[..<equals])
            let value = pair[equals...].dropFirst()
            if name == "content" {
                guard sent == nil else { throw Problem.badField("content") }
                sent = try SyncForm.decoded(value, store)
            } else if value.count <= Query.lengthLimit {
                try add(name, SyncForm.decoded(value))
            }
        }
        if let sent, !sent.bytes.isEmpty { sentContent = sent }
    }

    private mutating func add(_ name: String, _ value: String) throws {
        guard SyncForm.names.contains(name) else { return }
        guard fields[name] == nil else { throw Problem.badField(name) }
        fields[name] = .text(value)
    }

    /// All fields of all paths.
    private static let names = [
        "file_key", "device_id", "device_name", "message", "base_version", "on_conflict", "return_content", "token", "id", "action",
        // Of the pages' forms.
        "form_token", "version",
    ]
}
