// The responses of the tus protocol.

import HTTP
import JSONText
import Responder
import ResumableStore
import Site
import Time

/// A response of the tus protocol. (`Tus-Resumable` is a header of every response: see `Dialect.tus`.)
public struct TusReply: Reply {
    public let response: Response

    /// - Parameter remarks: messages for the log.
    public init(_ outcome: TusOutcome, _ links: Links, remarks: [String]) {
        response = TusReply.response(outcome, links).remarking(remarks)
    }

    private static func response(_ outcome: TusOutcome, _ links: Links) -> Response {
        switch outcome {
        case .description(let largest): headers(.noContent, [
            ("Tus-Version", Dialect.tusVersion), ("Tus-Extension", TusForm.extensions.joined(separator: ",")), ("Tus-Max-Size", "\(largest)"),
            ("Tus-Checksum-Algorithm", Checksum.algorithms.joined(separator: ",")),
        ])
        case .created(let id, let upload): headers(.created, [("Location", links.resumableUpload(id.text))] + place(upload))
        case .offset(let upload): headers(.ok, place(upload) + announced(upload))
        case .appended(let upload): headers(.noContent, place(upload))
        case .removed: headers(.noContent, [])
        case .refused(let refusal): Response(Status(refusal.status), Array(refusal.answer.utf8), type: Response.jsonType)
        case .outcome(let progress): Response(.ok, body(progress), type: Response.jsonType)
        }
    }

    private static func headers(_ status: Status, _ fields: [(String, String)]) -> Response {
        var response = Response(status)
        for (name, value) in fields { response.headers.set(name, value) }
        response.headers.set("Cache-Control", "no-store")
        return response
    }

    private static func place(_ upload: ResumableUpload) -> [(String, String)] {
        [("Upload-Offset", "\(upload.offset)"), ("Upload-Expires", HTTPDate.text(upload.endsAt))]
    }

    private static func announced(_ upload: ResumableUpload) -> [(String, String)] {
        let metadata = upload.new.metadata.isEmpty ? [] : [("Upload-Metadata", upload.new.metadata)]
        return [("Upload-Length", "\(upload.new.length)")] + metadata
    }

    private static func body(_ progress: TusOutcome.Progress) -> [UInt8] {
        switch progress {
        case .receiving(let upload): state("receiving", sizes(upload))
        case .processing(let upload): state("processing", sizes(upload))
        case .stored(let members): state("stored", members)
        // The answer is an object with at least one member.
        case .refused(let refusal): Array(#"{"state":"refused","#.utf8) + Array(refusal.answer.utf8).dropFirst()
        }
    }

    private static func state(_ name: String, _ members: [(String, JSONValue)]) -> [UInt8] {
        JSONValue.object([("state", .string(name))] + members).bytes
    }

    private static func sizes(_ upload: ResumableUpload) -> [(String, JSONValue)] {
        [("offset", .int(Int64(upload.offset))), ("length", .int(Int64(upload.new.length))), ("expires", .string(HTTPDate.text(upload.endsAt)))]
    }
}
