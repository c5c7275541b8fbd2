// The list in the documented order of fields.

import HTTP
import JSONText
import Media
import MediaStore
import Site
import Time

struct ListReply: Reply {
    let response: Response

    init(_ list: ListedFiles, _ request: ListRequest, _ links: Links) {
        let pagination = list.total.map { [("pagination", request.page.json(total: $0))] } ?? []
        response = Response(.ok, json: .object(
            [("success", true), ("data", .array(list.files.map { ListReply.row($0, links) }))] + pagination
                + [("next_cursor", list.next.map { .string($0) } ?? .null)]))
    }

    private static func row(_ file: StoredFile, _ links: Links) -> JSONValue {
        var fields: [(String, JSONValue)] = [
            ("id", .int(Int64(file.id))), ("filename", .string(file.path.name)), ("original_name", .string(file.originalName)),
            ("file_path", .string(file.path.text)), ("file_size", .int(Int64(file.size))), ("width", JSONValue(file.width)),
            ("height", JSONValue(file.height)), ("views", .int(Int64(file.views))),
            ("created_at", .string(SiteTime(file.createdAt).text)), ("type", .string(file.type.kind.rawValue)),
            ("mime", .string(file.type.mime)), ("url", .string(links.file(file.path))),
            ("thumb", .string(links.thumbnail(of: file.path))),
        ]
        if file.type.kind == .video { fields.append(("duration", JSONValue(file.duration))) }
        if let end = file.expiresAt { fields.append(("expires_at", .string(SiteTime(end).text))) }
        return .object(fields)
    }
}
