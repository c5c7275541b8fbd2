// Schemas of answers about JSON files.

import JSONText

enum SyncSchema {
    private static let success = Member("success", Schema.exactly(true))
    private static let fileKey = Member("file_key", Schema.text("The file."))
    private static let version = Member("version", ["type": "integer", "minimum": 1])
    private static let currentVersion = Member("current_version", Schema.count("The newest version."))
    private static let hash = Member("hash", Schema.hash("Of the stored version's content."))
    private static let hashOrNull = Member("hash", Schema.hashOrNull("null for a deletion."))
    private static let parentHash = Member("parent_hash", Schema.hashOrNull("Of the version before; null for the first one and after a deletion."))
    private static let content = Member("content", Schema.anything)
    private static let deviceID = Member("device_id", Schema.text("The device that made the version."))
    private static let deviceName = Member("device_name", Schema.text("Its name; empty without one."))
    private static let message = Member("message", Schema.text("The version's description."))
    private static let createdAt = Member("created_at", Schema.time("In the site's time zone."))
    private static let deletionFlag = Member.optional("deleted", Schema.exactly(true))

    private static let ofEveryPush: [Member] = [
        .optional("unchanged", Schema.flag("No version was made: it is the newest one already, or the push is repeated.")),
        .optional("merged", Schema.flag("The stored content is a merge.")),
        .optional("content_changed", Schema.flag("The stored content is not the one that was pushed.")),
        .optional("content", Schema.anything),
    ]

    static let pushed = Schema.object([
        success, version, hash, Member("conflict", Schema.exactly(false)), Member("message", Schema.text("What became of the push.")),
    ] + ofEveryPush)

    static let pushedWithConflict = Schema.object([
        success, version, hash, Member("conflict", Schema.exactly(true)), Member("conflict_type", Schema.exactly("divergence")),
        Member("message", Schema.text("What became of the push.")),
        Member("conflict_details", Schema.object(
            Member("local_version", Schema.count("The base of the push; 0 without one.")),
            Member("remote_version", Schema.count("The newest version before the push.")),
            Member("saved_as_version", Schema.count("The merge.")))),
        Member("conflict_id", Schema.count("For conflicts.php.")), Member("clean", Schema.flag("Nothing overlapped.")), Member("paths", paths),
    ] + ofEveryPush)

    static let latest = Schema.object(
        success, fileKey, currentVersion, content, hash, Member("updated_at", Schema.time("In the site's time zone.")), deviceID, message,
        Member("open_conflicts", Schema.count("Conflicts of the file that wait for a decision.")))

    static let oneVersion = Schema.object(
        success, fileKey, version, currentVersion, content, hash, parentHash, deviceID, deviceName, message, createdAt)

    static let updates = Schema.object(
        success, fileKey, currentVersion,
        Member("updates", Schema.list(of: Schema.object(version, content, hashOrNull, deviceID, message, createdAt, parentHash, deletionFlag))),
        .optional("truncated", Schema.flag("There are more: ask again with `next_since_version`.")),
        .optional("next_since_version", Schema.count("The last version in this answer.")),
        .optional("resync", Schema.flag("`since_version` is above the newest version: pull without it.")))

    static let deleted = Schema.object(
        success, fileKey, version, Member("deleted", Schema.exactly(true)), Member("conflict", Schema.flag("The client may not know all that it deleted.")),
        Member("message", Schema.exactly("File deleted successfully")), .optional("conflict_id", Schema.count("For conflicts.php.")),
        .optional("clean", Schema.exactly(false)), .optional("paths", paths))

    static let entry = Schema.object(
        version, hashOrNull, parentHash, deviceID, message, createdAt, deviceName, Member("size", Schema.count("Bytes of the content.")),
        Member("merged", Schema.flag("The content is a merge.")), deletionFlag, .optional("expired", Schema.exactly(true)))

    static let device = Schema.object(
        Member("device_id", Schema.text("The device.")), deviceName, Member("first_seen_at", Schema.timeOrNull("In the site's time zone.")),
        Member("last_sync_at", Schema.timeOrNull("In the site's time zone.")), Member("last_push_at", Schema.timeOrNull("In the site's time zone.")),
        Member("last_pull_at", Schema.timeOrNull("In the site's time zone.")),
        Member("files", Schema.list(of: Schema.object(
            fileKey, Member("last_version", Schema.count("The version that the device has.")), currentVersion,
            Member("behind", ["type": "integer"])))))

    static let deviceChange = Schema.object(
        success, Member("device_id", Schema.text("The device.")), Member("action", Schema.one(of: ["rename", "forget"])),
        .optional("device_name", Schema.text("The new name.")), Member("message", Schema.one(of: ["Device renamed", "Device forgotten"])))

    static let conflict = Schema.object(
        Member("id", ["type": "integer", "minimum": 1]), fileKey, Member("conflict_type", Schema.exactly("divergence")), deviceID, deviceName,
        Member("local_version", Schema.count("The base of the push; 0 without one.")),
        Member("remote_version", Schema.count("The newest version before the push.")), Member("saved_as_version", Schema.count("The merge.")),
        Member("local_hash", Schema.hashOrNull("Of what was pushed.")), Member("remote_hash", Schema.hashOrNull("Of `remote_version`.")),
        Member("clean", Schema.flag("Nothing overlapped.")), Member("paths", paths), Member("resolved", ["enum": [0, 1]]),
        Member("resolution", Schema.orNull("string", "The action, or auto.")),
        Member("resolved_version", Schema.orNull("integer", "The version that the resolution made.")),
        Member("resolved_at", Schema.timeOrNull("In the site's time zone.")), createdAt)

    static let resolution = Schema.object(
        success, Member("id", Schema.count("The conflict.")), fileKey,
        Member("action", Schema.one(of: ["resolve_keep_local", "resolve_keep_remote", "resolve_custom"])), Member("version", Schema.count("The new version.")),
        hashOrNull, Member("conflict", Schema.flag("The choice overrode changes made after the merge: a new conflict names them.")),
        Member("resolved", Schema.exactly(1)), Member("message", Schema.exactly("Conflict resolved")),
        .optional("conflict_id", Schema.count("The new conflict.")), .optional("paths", paths),
        .optional("content_changed", Schema.flag("The stored content is not the choice: the head had changed.")))

    private static let paths = Schema.list(of: Schema.object(
        Member("path", Schema.text("A JSON Pointer.")), Member("base", Schema.anything), Member("local", Schema.anything),
        Member("remote", Schema.anything), Member("chosen", Schema.one(of: ["local", "remote", "both"]))))
}
