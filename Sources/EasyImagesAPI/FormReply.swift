// The response to an upload through an old form: these members in this order, none of them empty.

import HTTP
import JSONText
import Media
import Responder
import Settings

/// The response to an upload through an old form.
public struct FormReply: Reply {
    public let response: Response

    public init(_ outcome: FormOutcome, _ settings: Settings) {
        response = switch outcome {
        case .kept(let upload):
            Response(easyImages: .object(FormReply.members(upload, FormLinks(settings)))).remarking(upload.remarks)
        case .pieceKept: .pieceKept
        case .refused(let refusal, let naming): Response(easyImages: .object(refusal.members(naming: FormReply.members(naming))))
        }
    }

    private static func members(_ upload: KeptUpload, _ links: FormLinks) -> [(String, JSONValue)] {
        let members: [(String, JSONValue)] = [
            ("result", "success"), ("code", 200), ("url", .string(links.picture(upload))), ("srcName", .string(upload.sourceName)),
            ("thumb", .string(links.thumbnail(upload))), ("del", .string(links.deletion(upload) ?? "Admin closed user delete")),
        ]
        return members + (upload.tokenNumber.map { [("id", .int(Int64($0))), ("message", "success")] } ?? [])
    }

    /// Members between code and message for a rejected file.
    private static func members(_ naming: RefusedNaming?) -> [(String, JSONValue)] {
        naming.map { [("srcName", .string($0.sourceName)), ("id", .int(Int64($0.tokenNumber)))] } ?? []
    }
}

extension Response {
    /// The empty response to a piece, as in EasyImages.
    fileprivate static var pieceKept: Response {
        var response = Response(.ok)
        response.headers.set("Content-Type", Response.jsonType)
        response.headers.set("Cache-Control", "no-store")
        return response
    }
}
