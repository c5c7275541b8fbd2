// The response to an upload in the documented order of fields; undocumented ones come last.

import HTTP
import JSONText
import Media
import MediaStore
import Site
import Text
import Time

/// The response to an upload through the v1 API.
public struct UploadReply: Reply {
    public let members: [(String, JSONValue)]
    /// Messages for the log.
    public let remarks: [String]

    public init(_ upload: Upload, _ links: Links) {
        let file = upload.file
        var fields: [(String, JSONValue)] = [
            ("result", "success"), ("code", 200), ("url", .string(links.file(file.path))), ("srcName", .string(file.originalName)),
        ]
        fields += file.type.kind == .image ? UploadReply.picture(file, links) : UploadReply.video(file)
        fields.append(("file_size", .int(Int64(file.size))))
        if let token = upload.deleteToken { fields.append(("del", .string(links.deletion(token: token)))) }
        if file.type.kind == .image { fields.append(("type", "image")) }
        fields += [
            ("id", .int(Int64(file.id))), ("mime", .string(file.type.mime)), ("sha256", .string(Hexadecimal.encode(file.sha256))),
        ]
        if upload.isDuplicate { fields.append(("duplicate", true)) }
        if let end = file.expiresAt { fields.append(("expires_at", .string(SiteTime(end).text))) }
        (members, remarks) = (fields, upload.remarks)
    }

    public var response: Response { Response(.ok, json: .object(members)).remarking(remarks) }

    private static func picture(_ file: StoredFile, _ links: Links) -> [(String, JSONValue)] {
        [("thumb", .string(links.thumbnail(of: file.path))), ("width", JSONValue(file.width)), ("height", JSONValue(file.height))]
    }

    private static func video(_ file: StoredFile) -> [(String, JSONValue)] {
        [("type", "video"), ("duration", JSONValue(file.duration)),
         ("duration_formatted", file.duration.map { .string(DurationText.format($0)) } ?? .null)]
    }
}
