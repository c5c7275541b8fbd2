// JSON files: pushing, pulling, history, devices, conflicts.

import HTTP
import JSONText

extension APIOperation {
    static let sync = [push, pull, deleteFile, history, version, devices, changeDevice, conflicts, resolve]

    private static let push = APIOperation(
        "pushJSON", .post, .sync, \.apiOperations.push, \.apiOperations.pushSummary, access: .json, errors: .sync,
        fields: [
            .body("file_key", .text(bytes: 190), \.apiFields.fileKey, isRequired: true),
            .body("content", .json(bytes: 52_428_800), \.apiFields.content, isRequired: true),
            .body("device_id", .text(bytes: 128), \.apiFields.deviceID, isRequired: true),
            .body("device_name", .text(bytes: 200), \.apiFields.deviceName), .body("message", .characters(1000), \.apiFields.message),
            .body("base_version", .integer(0...Int(Int32.max), initial: nil), \.apiFields.baseVersion),
            .body("on_conflict", .choice(["merge", "reject", "prefer_head"], initial: "merge"), \.apiFields.onConflict),
            .body("return_content", .flag, \.apiFields.returnContent), .body("token", .text(bytes: 512), \.apiFields.token), key,
            .header("If-Match", .text(bytes: 512), \.apiFields.ifMatch), .header("If-None-Match", .text(bytes: 512), \.apiFields.createOnly),
            .header("Idempotency-Key", .text(bytes: 255), \.apiFields.idempotencyKey),
            .header("X-Device-ID", .text(bytes: 128), \.apiFields.deviceHeader),
        ],
        bodies: [.json, .multipart, .urlEncoded],
        answers: [
            APIAnswer(200, "The content is a version of the file.", schema: Schema.any(SyncSchema.pushed, SyncSchema.pushedWithConflict),
                      headers: [.tag], examples: APIExample(Examples.push), APIExample(Examples.pushWithConflict, \.api.answerConflict)),
        ],
        refusals: APIRefusal.access(.json) + APIRefusal.ofJSONBody + [
            .unknownVersion, .newerVersion, .precondition, .keyReused, .parameter, .limitReached,
        ])

    private static let pull = APIOperation(
        "pullJSON", .get, .sync, \.apiOperations.pull, \.apiOperations.pullSummary, access: .json, errors: .sync,
        fields: [
            fileKey, .query("version", .integer(1...Int(Int32.max), initial: nil), \.apiFields.version),
            .query("since_version", .integer(0...Int(Int32.max), initial: nil), \.apiFields.sinceVersion),
            .query("limit", .integer(1...100, initial: 100), \.apiFields.limit), device, key,
            .header("If-None-Match", .text(bytes: 512), \.apiFields.ifNoneMatch),
        ],
        answers: [
            APIAnswer(200, "The newest version, with `since_version` those above it, with `version` that one.",
                      schema: Schema.any(SyncSchema.latest, SyncSchema.updates, SyncSchema.oneVersion),
                      headers: [APIHeader("ETag", "The hash, in quotation marks; not with `since_version`.", isRequired: false)],
                      examples: APIExample(Examples.latest, \.api.answerLatest), APIExample(Examples.updates, \.api.answerUpdates)),
            notModified,
        ],
        refusals: APIRefusal.access(.json) + [.unknownJSONFile, .unknownVersion, .parameter])

    private static let deleteFile = APIOperation(
        "deleteJSON", .delete, .sync, \.apiOperations.deleteJSON, \.apiOperations.deleteJSONSummary, access: .json, errors: .sync,
        fields: [
            fileKey, .query("message", .characters(1000), \.apiFields.message), device, key,
            .header("If-Match", .text(bytes: 512), \.apiFields.ifMatch),
        ],
        answers: [APIAnswer(200, "A version that deletes the file is written.", schema: SyncSchema.deleted, examples: APIExample(Examples.jsonDeletion))],
        refusals: APIRefusal.access(.json) + [.unknownJSONFile, .precondition, .parameter])

    private static let history = APIOperation(
        "listVersions", .get, .versions, \.apiOperations.history, \.apiOperations.historySummary, access: .json, errors: .sync,
        fields: [fileKey] + pages + [key],
        answers: [
            APIAnswer(200, "The versions, newest first.", schema: Schema.object(
                success, fileKeyMember, Member("current_version", Schema.count("The newest version.")),
                Member("history", Schema.list(of: SyncSchema.entry)), Member("pagination", Schema.pagination)), examples: APIExample(Examples.history)),
        ],
        refusals: APIRefusal.access(.json) + [.unknownJSONFile, .parameter])

    private static let version = APIOperation(
        "getVersion", .get, .version, \.apiOperations.version, \.apiOperations.versionSummary, access: .json, errors: .sync,
        fields: [
            fileKey, .query("version", .integer(1...Int(Int32.max), initial: nil), \.apiFields.version),
            .query("hash", .text(bytes: 64), \.apiFields.contentHash), .query("raw", .choice(["0", "1"], initial: "0"), \.apiFields.raw), device,
            key, .header("If-None-Match", .text(bytes: 512), \.apiFields.ifNoneMatch),
        ],
        answers: [
            APIAnswer(200, "The version; with `raw=1` its content alone.", schema: Schema.anything, headers: [.tag], examples: APIExample(Examples.version)),
            notModified,
        ],
        refusals: APIRefusal.access(.json) + [.unknownJSONFile, .unknownVersion, .parameter])

    private static let devices = APIOperation(
        "listDevices", .get, .devices, \.apiOperations.devices, \.apiOperations.devicesSummary, access: .json, errors: .sync,
        fields: [optionalFileKey] + pages + [key],
        answers: [
            APIAnswer(200, "The account's devices.", schema: Schema.object(
                success, Member("devices", Schema.list(of: SyncSchema.device)), Member("pagination", Schema.pagination)),
                      examples: APIExample(Examples.devices)),
        ],
        refusals: APIRefusal.access(.json) + [.parameter])

    private static let changeDevice = APIOperation(
        "changeDevice", .post, .devices, \.apiOperations.changeDevice, \.apiOperations.changeDeviceSummary, access: .json, errors: .sync,
        fields: [
            .body("device_id", .text(bytes: 128), \.apiFields.changedDevice, isRequired: true),
            .body("action", .choice(["rename", "forget"], initial: nil), \.apiFields.deviceAction, isRequired: true),
            .body("device_name", .text(bytes: 200), \.apiFields.newDeviceName), .body("token", .text(bytes: 512), \.apiFields.token), key,
        ],
        bodies: [.json, .multipart, .urlEncoded],
        answers: [APIAnswer(200, "The device is changed.", schema: SyncSchema.deviceChange, examples: APIExample(Examples.deviceChange))],
        refusals: APIRefusal.access(.json) + APIRefusal.ofJSONBody + [APIRefusal(404, "Device not found", \.apiErrors.deviceNotFound), .parameter])

    private static let conflicts = APIOperation(
        "listConflicts", .get, .conflicts, \.apiOperations.conflicts, \.apiOperations.conflictsSummary, access: .json, errors: .sync,
        fields: [optionalFileKey, .query("resolved", .choice(["0", "1"], initial: "0"), \.apiFields.resolved)] + pages + [key],
        answers: [
            APIAnswer(200, "The conflicts, newest first.", schema: Schema.object(
                success, Member("conflicts", Schema.list(of: SyncSchema.conflict)), Member("pagination", Schema.pagination)),
                      examples: APIExample(Examples.conflicts)),
        ],
        refusals: APIRefusal.access(.json) + [.parameter])

    private static let resolve = APIOperation(
        "resolveConflict", .post, .conflicts, \.apiOperations.resolve, \.apiOperations.resolveSummary, access: .json, errors: .sync,
        fields: [
            .body("id", .integer(1...Int(Int32.max), initial: nil), \.apiFields.conflictID, isRequired: true),
            .body("action", .choice(["resolve_keep_local", "resolve_keep_remote", "resolve_custom"], initial: nil), \.apiFields.conflictAction,
                  isRequired: true),
            .body("content", .json(bytes: 52_428_800), \.apiFields.customContent), .body("token", .text(bytes: 512), \.apiFields.token), key,
        ],
        bodies: [.json, .multipart, .urlEncoded],
        answers: [APIAnswer(200, "The choice is the newest version.", schema: SyncSchema.resolution, examples: APIExample(Examples.resolution))],
        refusals: APIRefusal.access(.json) + APIRefusal.ofJSONBody + [
            APIRefusal(404, "Conflict not found", \.apiErrors.conflictNotFound), .unknownVersion,
            APIRefusal(409, "Conflict already resolved", \.apiErrors.resolved), .parameter,
        ])

    // What several of them have

    private static let key = APIField.header("X-API-Key", .text(bytes: 512), \.apiFields.key)
    private static let fileKey = APIField.query("file_key", .text(bytes: 190), \.apiFields.fileKey, isRequired: true)
    private static let optionalFileKey = APIField.query("file_key", .text(bytes: 190), \.apiFields.onlyFileKey)
    private static let device = APIField.query("device_id", .text(bytes: 128), \.apiFields.pullingDevice)
    private static let pages = [
        APIField.query("page", .integer(1...Int(Int32.max), initial: 1), \.apiFields.page),
        APIField.query("per_page", .integer(1...100, initial: 50), \.apiFields.perPage),
    ]
    private static let success = Member("success", Schema.exactly(true))
    private static let fileKeyMember = Member("file_key", Schema.text("The file."))
    private static let notModified = APIAnswer(304, "The client has this content already.", type: nil, headers: [.tag])
}
