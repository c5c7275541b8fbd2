// The requests of the tus protocol 1.0.0 with its extensions creation, creation-with-upload, expiration, termination and checksum
// (https://tus.io/protocols/resumable-upload). Everything that can be seen without the upload is checked here.

import HTTP
import JSONText
import Media
import ResumableStore
import Responder
import Site
import Text
import Time

/// A request of the tus protocol.
public enum TusForm {
    /// What the server supports.
    case describe
    /// - Parameter hasBody: whether the first bytes come with it, perhaps with a checksum.
    case create(NewUpload, hasBody: Bool, Checksum?)
    case tellOffset(UploadID)
    case append(UploadID, offset: Int, Checksum?)
    case remove(UploadID)
    case tellOutcome(UploadID)

    static let extensions = ["creation", "creation-with-upload", "expiration", "termination", "checksum"]

    /// - Throws: `Problem`; `ResumableRefusal.unknown` for an id that cannot be one.
    public init(_ request: Request) throws {
        let method = TusForm.method(of: request)
        if ![.options, .get].contains(method), request.header("Tus-Resumable") != Dialect.tusVersion { throw TusForm.otherVersion }
        switch method {
        case .options: self = .describe
        case .post: self = .create(try TusForm.newUpload(request), hasBody: TusForm.hasBytes(request), try TusForm.checksum(request))
        case .head: self = .tellOffset(try TusForm.id(request))
        case .patch:
            guard TusForm.hasBytes(request) else {
                throw Problem(.unsupportedMediaType, says: "Invalid content type: \(TusForm.bytesType) is expected",
                              detail: "The Content-Type is \"\(Problem.excerpt(request.contentType))\"; send the bytes as \(TusForm.bytesType).")
            }
            self = .append(try TusForm.id(request), offset: try TusForm.number("Upload-Offset", of: request), try TusForm.checksum(request))
        case .delete: self = .remove(try TusForm.id(request))
        case .get: self = .tellOutcome(try TusForm.id(request))
        case .put, .other: throw Problem.methodNotAllowed(method, allowed: TusForm.allowed)
        }
    }

    private static let otherVersion = Problem(
        .preconditionFailed, says: "Unsupported version of tus: Tus-Resumable: \(Dialect.tusVersion) is expected",
        detail: "The header Tus-Resumable is missing or names another version of the protocol; send \(Dialect.tusVersion).",
        headers: [("Tus-Version", Dialect.tusVersion)])
    private static let allowed = "GET, HEAD, POST, PATCH, DELETE, OPTIONS"
    private static let bytesType = "application/offset+octet-stream"

    /// On POST only: browsers send cookies with a GET from any page, and that must not become a DELETE.
    private static func method(of request: Request) -> HTTP.Method {
        guard request.method == .post, let name = request.header("X-HTTP-Method-Override") else { return request.method }
        return HTTP.Method(name)
    }

    private static func hasBytes(_ request: Request) -> Bool {
        request.contentType.lowercased().prefix { $0 != ";" && $0 != " " } == bytesType
    }

    private static func id(_ request: Request) throws -> UploadID {
        guard let id = request.query.first("id").flatMap(UploadID.init) else { throw ResumableRefusal.unknown }
        return id
    }

    private static func number(_ header: String, of request: Request) throws -> Int {
        guard let number = request.header(header).flatMap({ Int(digits: $0, in: 0...Int.max) }) else {
            throw Problem.invalid(header, request.header(header), mustBe: "a number of bytes")
        }
        return number
    }

    private static func newUpload(_ request: Request) throws -> NewUpload {
        guard request.header("Upload-Defer-Length") == nil else {
            throw Problem(.badRequest, says: "Upload-Defer-Length is not supported: send Upload-Length",
                          detail: "The length of the file must be known at the beginning; send it in Upload-Length.")
        }
        let length = try number("Upload-Length", of: request)
        guard length > 0 else { throw Problem.noFile("The Upload-Length is 0 bytes; send a file that is not empty.") }
        let text = request.header("Upload-Metadata") ?? ""
        guard let metadata = UploadMetadata(text) else { throw Problem.invalid("Upload-Metadata", text, mustBe: UploadMetadata.format) }
        guard let dialect = metadata["dialect"].map({ UploadDialect(rawValue: $0) }) ?? .v1 else {
            throw Problem.invalid("Upload-Metadata", text, mustBe: "without dialect, or with v1 or app in it")
        }
        let name = ClientName(bytes: metadata.bytes("filename") ?? metadata.bytes("name") ?? [])
        _ = try Expiry.read(metadata[Expiry.field])
        return NewUpload(name: name, dialect: dialect, metadata: text, length: length)
    }

    private static func checksum(_ request: Request) throws -> Checksum? {
        guard let text = request.header("Upload-Checksum") else { return nil }
        let words = text.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let digest = Base64.decode(words[1].utf8, .standard, .unpadded),
              let checksum = Checksum(words[0].lowercased(), digest) else {
            throw Problem.invalid("Upload-Checksum", text,
                                  mustBe: "one of \(Checksum.algorithms.joined(separator: ", ")), a blank, and the digest in Base64")
        }
        return checksum
    }
}
