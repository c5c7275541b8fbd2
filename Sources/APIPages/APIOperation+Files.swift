// Pictures and videos: upload, list, numbers, delete links, thumbnails.

import HTTP
import JSONText

extension APIOperation {
    static let files = [upload, list, statistics, deletion, thumbnail]

    private static let upload = APIOperation(
        "uploadFile", .post, .upload, \.apiOperations.upload, \.apiOperations.uploadSummary, access: .upload, errors: .plain,
        fields: [
            .body("image", .file, \.apiFields.file, isRequired: true), .body("file", .file, \.apiFields.otherFile),
            .body("token", .text(bytes: 65_536), \.apiFields.token), .body("expires", .text(bytes: 64), \.apiFields.expires),
            .header("X-API-Key", .text(bytes: 512), \.apiFields.key), .header("Idempotency-Key", .text(bytes: 255), \.apiFields.idempotencyKey),
        ],
        bodies: [.multipart],
        answers: [
            APIAnswer(200, "A picture or a video is stored.", schema: Schema.any(FileSchema.picture, FileSchema.video), examples: APIExample(Examples.picture, \.api.answerPicture),
                      APIExample(Examples.video, \.api.answerVideo), APIExample(Examples.ending, \.api.answerEnding)),
        ],
        refusals: APIRefusal.access(.upload) + APIRefusal.ofFile.map { $0.with(FileSchema.files) } + APIRefusal.ofUploadKey + [
            .noFile, APIRefusal(400, "Too many files", \.apiErrors.tooManyFiles), APIRefusal(400, "Invalid parameter: token", \.apiErrors.repeatedToken),
            .uploadKey, .multipart, .cutShort, .limitReached.with(FileSchema.files),
        ])

    private static let list = APIOperation(
        "listFiles", .get, .list, \.apiOperations.list, \.apiOperations.listSummary, access: .anyone, errors: .plain,
        fields: [
            .query("page", .integer(1...2_147_483_647, initial: 1), \.apiFields.page),
            .query("per_page", .integer(1...100, initial: 20), \.apiFields.perPage), .query("cursor", .text(bytes: 43), \.apiFields.cursor),
            .query("order_by", .choice(["created_at", "views", "file_size"], initial: "created_at"), \.apiFields.orderBy),
            .query("order_dir", .choice(["ASC", "DESC"], initial: "DESC"), \.apiFields.orderDirection),
            .query("type", .choice(["image", "video"], initial: nil), \.apiFields.kind), .query("q", .characters(100), \.apiFields.search),
            .query("mine", .choice(["1"], initial: nil), \.apiFields.mine), .header("X-API-Key", .text(bytes: 512), \.apiFields.optionalKey),
        ],
        answers: [
            APIAnswer(200, "One page of the list, or the files behind `cursor`; then without `pagination`.", schema: Schema.object(
                Member("success", Schema.exactly(true)), Member("data", Schema.list(of: FileSchema.row)),
                .optional("pagination", Schema.pagination),
                Member("next_cursor", Schema.orNull("string", "The `cursor` of what follows; null at the end of the list."))),
                      examples: APIExample(Examples.list)),
        ],
        refusals: APIRefusal.access(.read) + [APIRefusal(400, "Invalid parameter: cursor", \.apiErrors.cursor)])

    private static let statistics = APIOperation(
        "getStatistics", .get, .statistics, \.apiOperations.statistics, \.apiOperations.statisticsSummary, access: .anyone, errors: .plain,
        fields: [.header("X-API-Key", .text(bytes: 512), \.apiFields.optionalKey)],
        answers: [
            APIAnswer(200, "The numbers.", schema: Schema.object(
                Member("success", Schema.exactly(true)),
                Member("data", Schema.object(
                    Member("images", Schema.count("Public pictures.")), Member("videos", Schema.count("Public videos.")),
                    Member("views", Schema.count("Views of all files.")), Member("uploads", Schema.count("Files that were ever uploaded.")),
                    Member("max_file_size", Schema.count("Bytes.")), Member("max_image_size", Schema.count("Bytes.")),
                    Member("max_video_size", Schema.count("Bytes; 0 where videos are not taken."))))), examples: APIExample(Examples.statistics)),
        ],
        refusals: [.invalidKey])

    private static let deletion = APIOperation(
        "deleteFile", .get, .deletion, \.apiOperations.deletion, \.apiOperations.deletionSummary, access: .anyone, errors: .deletion,
        fields: [.query("hash", .text(bytes: 65_536), \.apiFields.deletionToken, isRequired: true)],
        answers: [
            APIAnswer(200, "The file is deleted. A request that announces itself as a prefetch deletes nothing and gets an empty body.",
                      schema: Schema.object(
                        [Member("result", Schema.exactly("success")), Member("code", Schema.exactly(200)),
                         Member("message", Schema.exactly("File deleted successfully"))] + FileSchema.oldMembers), examples: APIExample(Examples.deletion)),
        ],
        refusals: [
            APIRefusal(404, "File not found", \.apiErrors.linkUsed, members: FileSchema.oldMembers),
            APIRefusal(429, "Too many requests", \.apiErrors.oldLinks, members: FileSchema.oldMembers, headers: [.retryAfter]),
            APIRefusal(500, "Deletion not finished, call this link again", \.apiErrors.unfinished, members: FileSchema.oldMembers),
        ])

    private static let thumbnail = APIOperation(
        "getThumbnail", .get, .thumbnail, \.apiOperations.thumbnail, \.apiOperations.thumbnailSummary, access: .anyone, errors: .picture,
        fields: [
            .query("img", .text(bytes: 1024), \.apiFields.pathOfPicture, isRequired: true),
            .query("w", .integer(0...2048, initial: nil), \.apiFields.width), .query("h", .integer(0...2048, initial: nil), \.apiFields.height),
            .query("q", .integer(1...100, initial: 80), \.apiFields.quality),
            .query("zc", .choice(["0", "1", "2", "3"], initial: nil), \.apiFields.fit),
        ],
        answers: [
            APIAnswer(200, "The thumbnail, or the picture itself where its type has no thumbnails.", type: "image/*"),
            APIAnswer(206, "The part that was asked for (`Range`).", type: "image/*"),
            APIAnswer(302, "The picture's address without the folder of stored files was given; `Location` has it.", type: nil,
                      headers: [APIHeader("Location", "The thumbnail's address.")]),
            APIAnswer(304, "Not changed since the date or the tag in the request.", type: nil),
            APIAnswer(404, "There is no such picture; the answer is a picture that says so.", type: "image/png"),
        ],
        refusals: [APIRefusal(412, "Precondition failed", \.apiErrors.precondition), APIRefusal(416, "Range not satisfiable", \.apiErrors.range), .limitReached])
}
