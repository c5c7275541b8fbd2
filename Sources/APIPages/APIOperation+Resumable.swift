// Uploads that go on after a lost connection: tus 1.0 (https://tus.io/protocols/resumable-upload), for which programs have libraries.

import HTTP
import JSONText

extension APIOperation {
    static let resumable = [create, offset, append, remove, outcome]

    private static let create = APIOperation(
        "createUpload", .post, .resumable, \.apiOperations.createUpload, \.apiOperations.createUploadSummary, access: .upload, errors: .resumable,
        fields: [
            version, .header("Upload-Length", .integer(1...Int.max, initial: nil), \.apiFields.uploadLength, isRequired: true),
            .header("Upload-Metadata", .text(bytes: 4096), \.apiFields.uploadMetadata), checksum,
            .header("Idempotency-Key", .text(bytes: 255), \.apiFields.idempotencyKey), key,
            .header("X-HTTP-Method-Override", .choice(["HEAD", "PATCH", "DELETE"], initial: nil), \.apiFields.methodOverride),
        ],
        bodies: [.bytes],
        answers: [
            APIAnswer(200, "The answer of the method in `X-HTTP-Method-Override`.", type: nil),
            APIAnswer(201, "The upload is begun.", type: nil, headers: [APIHeader("Location", "The upload's address.")] + place),
            APIAnswer(204, "The answer of the method in `X-HTTP-Method-Override`.", type: nil),
        ],
        refusals: common + ofBytes + APIRefusal.ofFile + APIRefusal.ofUploadKey + notThere + ofOffset + [
            .noFile, .parameter, APIRefusal(400, "Upload-Defer-Length is not supported: send Upload-Length", \.apiErrors.deferredLength),
            APIRefusal(429, beginning: "Too many unfinished uploads: ", \.apiErrors.unfinishedUploads, headers: [.retryAfter]),
            APIRefusal(429, beginning: "Unfinished uploads are too large: ", \.apiErrors.unfinishedUploads, headers: [.retryAfter]),
            .limitReached,
        ])

    private static let offset = APIOperation(
        "getUploadOffset", .head, .resumable, \.apiOperations.uploadOffset, \.apiOperations.uploadOffsetSummary, access: .upload, errors: .resumable,
        fields: [id, version, key],
        answers: [
            APIAnswer(200, "How much is there.", type: nil, headers: place + [
                APIHeader("Upload-Length", "Bytes of the whole file."), APIHeader("Upload-Metadata", "As sent; only if something was sent.", isRequired: false),
            ]),
        ],
        refusals: common + notThere + [locked] + APIRefusal.ofFile + APIRefusal.ofUploadKey)

    private static let append = APIOperation(
        "continueUpload", .patch, .resumable, \.apiOperations.continueUpload, \.apiOperations.continueUploadSummary, access: .upload, errors: .resumable,
        fields: [
            id, version, .header("Upload-Offset", .integer(0...Int.max, initial: nil), \.apiFields.uploadOffset, isRequired: true), checksum, key,
        ],
        bodies: [.bytes],
        answers: [APIAnswer(204, "The bytes are stored; after the last ones, the file is.", type: nil, headers: place)],
        refusals: common + notThere + ofBytes + ofOffset + APIRefusal.ofFile + APIRefusal.ofUploadKey + [.parameter, .limitReached])

    private static let remove = APIOperation(
        "removeUpload", .delete, .resumable, \.apiOperations.removeUpload, \.apiOperations.removeUploadSummary, access: .upload, errors: .resumable,
        fields: [id, version, key], answers: [APIAnswer(204, "What was received is removed; a stored file stays.", type: nil)],
        refusals: common + notThere + [locked])

    private static let outcome = APIOperation(
        "getUploadOutcome", .get, .resumable, \.apiOperations.uploadOutcome, \.apiOperations.uploadOutcomeSummary, access: .upload, errors: .resumable,
        fields: [id, key],
        answers: [
            APIAnswer(200, "The upload's state; once the file is stored, with the members of the ordinary answer.",
                      schema: Schema.any(FileSchema.unfinished, FileSchema.stored, FileSchema.refused), examples: APIExample(Examples.outcome)),
        ],
        refusals: APIRefusal.access(.upload) + notThere + [.uploadInProgress, .uploadDeleted])

    // What several of them have

    private static let key = APIField.header("X-API-Key", .text(bytes: 512), \.apiFields.key)
    private static let id = APIField.query("id", .text(bytes: 64), \.apiFields.uploadID, isRequired: true)
    private static let version = APIField.header("Tus-Resumable", .choice(["1.0.0"], initial: nil), \.apiFields.tusVersion, isRequired: true)
    private static let checksum = APIField.header("Upload-Checksum", .text(bytes: 100), \.apiFields.uploadChecksum)
    private static let place = [
        APIHeader("Upload-Offset", "Bytes that are stored."), APIHeader("Upload-Expires", "When the upload is given up."),
    ]
    private static let common = APIRefusal.access(.upload) + [
        APIRefusal(412, "Unsupported version of tus: Tus-Resumable: 1.0.0 is expected", \.apiErrors.tusVersion,
                   headers: [APIHeader("Tus-Version", "The version that is supported.")]),
    ]
    private static let notThere = [
        APIRefusal(404, "Upload not found", \.apiErrors.uploadNotFound), APIRefusal(410, "Upload expired: begin it anew", \.apiErrors.uploadExpired),
    ]
    private static let locked = APIRefusal(423, "Another request is writing this upload", \.apiErrors.uploadLocked, headers: [.retryAfter])
    private static let ofOffset = [
        APIRefusal(409, beginning: "Upload-Offset is not ", \.apiErrors.otherOffset, headers: [APIHeader("Upload-Offset", "How much is there.")]),
        APIRefusal(415, "Invalid content type: application/offset+octet-stream is expected", \.apiErrors.otherType),
    ]
    private static let ofBytes = [
        locked, .cutShort, APIRefusal(413, "More bytes than Upload-Length", \.apiErrors.tooManyBytes),
        APIRefusal(413, "File too large", \.apiErrors.fileTooLarge), APIRefusal(460, "Checksum mismatch", \.apiErrors.checksum),
    ]
}
