// The answer to an upload through an old form: these members in this order, none of them ever blank.

import HTTP
import JSONText
import Media
import MediaStore

struct UploadAnswer {
    let members: [(String, JSONValue)]

    init(_ kept: KeptFile, _ upload: FormUpload) {
        let file = kept.file
        let links = FormLinks(settings: upload.settings, site: upload.site) { upload.remarks.append($0) }
        var members: [(String, JSONValue)] = [
            ("result", "success"), ("code", 200), ("url", .string(links.picture(file))),
            ("srcName", .string(UploadAnswer.sourceName(upload, file))), ("thumb", .string(links.thumbnail(file))),
            ("del", .string(links.deletion(kept))),
        ]
        if upload.policy.tellsToken, let number = upload.tokenNumber { members += [("id", .int(Int64(number))), ("message", "success")] }
        self.members = members
    }

    /// The sender's name without its extension; the stored one where the sender had none.
    private static func sourceName(_ upload: FormUpload, _ file: StoredFile) -> String {
        let name = (upload.received?.originalName ?? upload.form.name).withoutExtension
        return name.isEmpty ? ClientName(file.path.name).withoutExtension : name
    }
}

extension Response {
    /// What the sender of a piece hears: nothing, as ever.
    static var pieceKept: Response {
        var response = Response(.ok)
        response.headers.set("Content-Type", "application/json; charset=utf-8")
        response.headers.set("Cache-Control", "no-store")
        return response
    }
}
