// What programs written for EasyImages use: its upload with a token, and the site's numbers one by one.

import HTTP
import JSONText

extension APIOperation {
    static let easyImages = [tokenUpload, publicNumbers]

    private static let tokenUpload = APIOperation(
        "uploadWithToken", .post, .tokenUpload, \.apiOperations.tokenUpload, \.apiOperations.tokenUploadSummary, access: .token, errors: .easyImages,
        fields: [
            .body("image", .file, \.apiFields.onlyFile, isRequired: true), .body("token", .text(bytes: 65_536), \.apiFields.oldToken, isRequired: true),
            .body("expires", .text(bytes: 64), \.apiFields.expires), .header("Idempotency-Key", .text(bytes: 255), \.apiFields.idempotencyKey),
        ],
        bodies: [.multipart],
        answers: [
            APIAnswer(200, "The file is stored.", schema: Schema.object(
                Member("result", Schema.exactly("success")), Member("code", Schema.exactly(200)), Member("url", Schema.text("The file.")),
                Member("srcName", Schema.text("The name that was sent, without its extension.")), Member("thumb", Schema.text("The thumbnail.")),
                Member("del", Schema.text("Deletes the file; a sentence where the site gives out no delete links.")),
                Member("id", ["type": "integer", "description": "The token's number."]), Member("message", Schema.exactly("success")),
                FileSchema.expiresAt),
                      examples: APIExample(Examples.tokenUpload)),
        ],
        refusals: (refusalsOfForm + refusalsOfKey).map(\.inBody))

    private static let refusalsOfForm = [
        APIRefusal(204, "没有选择上传的文件", \.apiErrors.noFile), APIRefusal(205, "黑名单内或白名单外用户不允许上传", \.apiErrors.address),
        APIRefusal(201, "API Closed", \.apiErrors.closed), APIRefusal(202, "Token Error", \.apiErrors.loginRequired),
        APIRefusal(203, "Token Expired", \.apiErrors.expired), APIRefusal(205, "请勿上传非法文件", \.apiErrors.activeGraphic),
        APIRefusal(205, "当前文件禁止上传", \.apiErrors.blocked), APIRefusal(400, "Invalid input", \.apiErrors.piece),
        APIRefusal(400, beginning: "expires 无效: ", \.apiErrors.expires),
        APIRefusal(403, beginning: "账号的文件数已达上限: ", \.apiErrors.quota), APIRefusal(403, beginning: "账号的空间不足: ", \.apiErrors.quota),
        APIRefusal(400, "未完成的分片上传过多,请稍后重试", \.apiErrors.pieces), .multipart, .cutShort, .limitReached,
    ] + [
        APIRefusal(400, "没有选择上传的文件", \.apiErrors.noFile), APIRefusal(400, "文件内容为空。", \.apiErrors.noFile),
        APIRefusal(400, "一次只能上传一个文件。", \.apiErrors.oneFile), APIRefusal(400, beginning: "文件太大。 : ", \.apiErrors.fileTooLarge),
        APIRefusal(400, "图片宽度太大。", \.apiErrors.fileTooLarge), APIRefusal(400, "图片高度太大。", \.apiErrors.fileTooLarge),
        APIRefusal(400, "图片尺寸太大。", \.apiErrors.fileTooLarge), APIRefusal(400, "图片宽度太小。", \.apiErrors.fileTooSmall),
        APIRefusal(400, "图片高度太小。", \.apiErrors.fileTooSmall), APIRefusal(400, "不正确的文件格式。", \.apiErrors.fileType),
        APIRefusal(400, beginning: "从源文件创建 ", \.apiErrors.fileType),
    ]

    private static let refusalsOfKey = APIRefusal.ofUploadKey + [
        APIRefusal.uploadKey, APIRefusal(400, beginning: "Idempotency-Key is for whole files: ", \.apiErrors.keyOfPiece),
    ]

    private static let publicNumbers = APIOperation(
        "getNumber", .get, .publicNumbers, \.apiOperations.number, \.apiOperations.numberSummary, access: .anyone, errors: .text,
        fields: [
            .query("show", .choice([
                "time", "today", "yesterday", "total_space", "used_space", "free_space", "image_used", "file", "dir", "month",
            ], initial: nil), \.apiFields.number, isRequired: true),
        ],
        answers: [APIAnswer(200, "The number, as text.", type: "text/html", schema: ["type": "string"], examples: APIExample("128"))],
        refusals: [
            APIRefusal(400, "没有权限或参数错误!", \.apiErrors.numberUnlisted), APIRefusal(403, "开放数据接口已关闭!", \.apiErrors.numbersClosed),
        ])
}
