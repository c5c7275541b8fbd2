// The answer to an upload through an old form: these members in this order, none of them ever blank.

import HTTP
import JSONText
import Media
import Responder
import Settings

/// What the sender of an old form is told.
public struct FormReply: Reply {
    public let response: Response

    public init(_ outcome: FormOutcome, _ settings: Settings) {
        response = switch outcome {
        case .kept(let upload):
            Response(easyImages: .object(FormReply.members(upload, FormLinks(settings: settings)))).remarking(upload.remarks)
        case .pieceKept: .pieceKept
        case .refused(let refusal, let naming): Response(easyImages: .object(refusal.members(naming: FormReply.members(naming))))
        }
    }

    private static func members(_ upload: KeptUpload, _ links: FormLinks) -> [(String, JSONValue)] {
        let members: [(String, JSONValue)] = [
            ("result", "success"), ("code", 200), ("url", .string(links.picture(upload))), ("srcName", .string(upload.sourceName)),
            ("thumb", .string(links.thumbnail(upload))), ("del", .string(links.deletion(upload))),
        ]
        return members + (upload.tokenNumber.map { [("id", .int(Int64($0))), ("message", "success")] } ?? [])
    }

    /// What stands between code and message of a refused file.
    private static func members(_ naming: RefusedNaming?) -> [(String, JSONValue)] {
        naming.map { [("srcName", .string($0.sourceName)), ("id", .int(Int64($0.tokenNumber)))] } ?? []
    }
}

extension Response {
    /// What the sender of a piece hears: nothing, as ever.
    fileprivate static var pieceKept: Response {
        var response = Response(.ok)
        response.headers.set("Content-Type", "application/json; charset=utf-8")
        response.headers.set("Cache-Control", "no-store")
        return response
    }
}
