// The response to an upload through an old form: these members in this order, none of them empty; ours come last.

import HTTP
import JSONText
import Media
import Responder
import MediaStore
import Settings
import Time

/// The response to an upload through an old form.
public struct FormReply: Reply {
    /// The members of the answer; none for a piece.
    public let members: [(String, JSONValue)]
    /// Whether the file was stored, or a piece of it.
    public let isAccepted: Bool
    /// Messages for the log.
    public let remarks: [String]

    public init(_ outcome: FormOutcome, _ settings: Settings) {
        switch outcome {
        case .kept(let upload): (members, isAccepted, remarks) = (FormReply.members(upload, FormLinks(settings)), true, upload.remarks)
        case .pieceKept: (members, isAccepted, remarks) = ([], true, [])
        case .refused(let refusal, let naming):
            (members, isAccepted, remarks) = (refusal.members(naming: FormReply.members(naming)), false, [])
        }
    }

    public var response: Response { members.isEmpty ? .pieceKept : Response(easyImages: .object(members)).remarking(remarks) }

    private static func members(_ upload: KeptUpload, _ links: FormLinks) -> [(String, JSONValue)] {
        let members: [(String, JSONValue)] = [
            ("result", "success"), ("code", 200), ("url", .string(links.picture(upload))), ("srcName", .string(upload.sourceName)),
            ("thumb", .string(links.thumbnail(upload))), ("del", .string(links.deletion(upload) ?? "Admin closed user delete")),
        ]
        return members + (upload.tokenNumber.map { [("id", .int(Int64($0))), ("message", "success")] } ?? [])
            + (upload.isDuplicate ? [("duplicate", true)] : [])
            + (upload.file.expiresAt.map { [("expires_at", .string(SiteTime($0).text))] } ?? [])
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
