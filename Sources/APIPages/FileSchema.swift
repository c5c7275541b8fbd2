// Schemas of stored files in answers.

import JSONText

enum FileSchema {
    /// The answer to a form, which may have held several files.
    static let picture = Schema.object(pictureMembers + [files])
    static let video = Schema.object(videoMembers + [files])

    private static let pictureMembers = start + [
        Member("thumb", Schema.link("The thumbnail.")), Member("width", Schema.orNull("integer", "Pixels, upright.")),
        Member("height", Schema.orNull("integer", "Pixels, upright.")), size, deletion, Member("type", Schema.exactly("image")),
    ] + end

    private static let videoMembers = start + [
        Member("type", Schema.exactly("video")), Member("duration", Schema.orNull("number", "Seconds; null if the file does not say it.")),
        Member("duration_formatted", Schema.orNull("string", "\"2:05\"; h:mm:ss from an hour on.")), size, deletion,
    ] + end

    /// Of a form with several files.
    static let files = Member.optional("files", Schema.list(of: Schema.any(
        Schema.object(pictureMembers), Schema.object(videoMembers),
        Schema.object(Member("result", Schema.exactly("error")), Member("code", ["type": "integer"]), Member("error", Schema.text("The message.")), detail))))

    /// Of an error.
    static let detail = Member("detail", Schema.text("For people, in English: the value, the limit, and what to do. Its words may change."))

    /// Of an error that a responder answers.
    static let requestID = Member.optional("request_id", Schema.text("What identifies the request in the operator's logs, as the header X-Request-Id."))

    private static let start = [
        Member("result", Schema.exactly("success")), Member("code", Schema.exactly(200)), Member("url", Schema.link("The file.")),
        Member("srcName", Schema.text("The name that was sent.")),
    ]
    private static let end = [
        Member("id", ["type": "integer", "minimum": 1]), Member("mime", Schema.text("The media type of the content.")),
        Member("sha256", Schema.hash("Of the stored bytes.")),
        .optional("duplicate", Schema.flag("The same owner had uploaded this file before; it is answered again.")), expiresAt,
    ]
    private static let size = Member("file_size", Schema.count("Bytes of the stored file."))
    private static let deletion = Member.optional(
        "del", Schema.link("Deletes the file. Missing where the file is a duplicate that another key uploaded."))

    /// Of a file that was uploaded with `expires`.
    static let expiresAt = Member.optional("expires_at", Schema.time("When the file is deleted, in the site's time zone; only where it has such a time."))

    // Resumable uploads

    static let unfinished = Schema.object(
        Member("state", Schema.one(of: ["receiving", "processing"])), Member("offset", Schema.count("Bytes that are stored.")),
        Member("length", Schema.count("Bytes of the whole file.")), Member("expires", Schema.text("When the upload is given up.")))

    /// With the members of the answer of the path whose rules the upload follows.
    static let stored = Schema.object(
        Member("state", Schema.exactly("stored")), Member("result", Schema.exactly("success")), Member("code", Schema.exactly(200)),
        Member("url", Schema.text("The file.")), Member("srcName", Schema.text("The name that was sent.")))

    static let refused = Schema.object(
        Member("state", Schema.exactly("refused")), Member("result", Schema.one(of: ["error", "failed"])), Member("code", ["type": "integer"]))

    /// What EasyImages' forms answer to a file that they refuse.
    static let oldRefusal = Schema.object(
        Member("result", Schema.exactly("failed")), Member("code", ["type": "integer"]), Member("message", Schema.text("In the form's words.")))

    static let row = Schema.object(
        Member("id", ["type": "integer", "minimum": 1]), Member("filename", Schema.text("The stored name.")),
        Member("original_name", Schema.text("The name that was sent.")), Member("file_path", Schema.text("Below the folder of stored files.")),
        Member("file_size", Schema.count("Bytes.")), Member("width", Schema.orNull("integer", "Pixels; null if unknown.")),
        Member("height", Schema.orNull("integer", "Pixels; null if unknown.")), Member("views", Schema.count("Views.")),
        Member("created_at", Schema.time("In the site's time zone.")), Member("type", Schema.one(of: ["image", "video"])),
        Member("mime", Schema.text("The media type of the content.")), Member("url", Schema.link("The file.")),
        Member("thumb", Schema.link("The thumbnail.")), .optional("duration", Schema.orNull("number", "Seconds, of videos.")), expiresAt)

    /// EasyImages' members of an answer about a deletion.
    static let oldMembers = [
        Member("msg", Schema.text("For people, in Chinese.")), Member("type", Schema.one(of: ["success", "danger"])),
        Member("icon", Schema.one(of: ["ok-sign", "exclamation-sign"])), Member("mode", Schema.exactly("delete")),
        Member("url", Schema.any(Schema.text("The stored path."), Schema.exactly(false))),
    ]
}
