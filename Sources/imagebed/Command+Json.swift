// `imagebed json …`: synchronized JSON files, for administrators.

import Accounts
import JSONText
import MediaStore
import Site
import SyncRules
import SyncStore
import Text
import Time

let jsonUser = Option("--user", "NAME", "the account; may be left out while there is just one")

extension Command {
    static let jsonList = Command("json ls", "Show the synchronised JSON files.", options: [jsonUser, .json]) { invocation in
        let files = try invocation.site().sync.files(of: invocation.value(jsonUser))
        if invocation.wantsJSON { return Output.json(.array(files.map(json))) }
        guard !files.isEmpty else { return Output.remark("no JSON files") }
        Output.lines(Columns.text([["ACCOUNT", "KEY", "VERSION", "BYTES", "CONFLICTS", "CHANGED"]] + files.map {
            [$0.account, $0.key, $0.isDeleted ? "\($0.current) (deleted)" : "\($0.current)", "\($0.size)", "\($0.openConflicts)",
             SiteTime($0.updatedAt).text]
        }))
    }
}

private let limit = Option("--limit", "N", "how many versions, newest first; 50 when left out")

extension Command {
    static let jsonLog = Command("json log KEY", "Show the versions of a JSON file, newest first.", options: [jsonUser, limit, .json]) { invocation in
        let wanted = try invocation.value(limit).map { try number($0, of: limit, 1...1_000_000) } ?? 50
        let site = try invocation.site()
        let file = try JsonFile(invocation, site)
        let versions = try site.versions(of: file, newest: wanted)
        if invocation.wantsJSON { return Output.json(.array(versions.map { .object(members($0)) })) }
        Output.lines(Columns.text([["VERSION", "HASH", "BYTES", "DEVICE", "MADE", "MESSAGE"]] + versions.map {
            ["\($0.number)\($0.isMerged ? " (merged)" : "")", $0.hash.map { String($0.text.prefix(12)) } ?? "deleted", "\($0.size)",
             $0.deviceName.isEmpty ? $0.deviceID : $0.deviceName, SiteTime($0.createdAt).text, oneLine($0.message)]
        }))
    }
}

private let version = Option("--version", "N", "this version; the newest when left out")
private let hash = Option("--hash", "HASH", "the content with this hash, pushed contents that were merged included")

extension Command {
    static let jsonShow = Command(
        "json show KEY", "Write the content of a version to standard output.",
        details: "The bytes are those that were stored: minified, otherwise as they were sent.", options: [jsonUser, version, hash]
    ) { invocation in
        let site = try invocation.site()
        let file = try JsonFile(invocation, site)
        let pulled = try site.sync.pull(file.key, wanted(invocation), for: file.caller)
        try pulled.content.write(to: Output.bytes)
        Output.line("")
    }
}

private let keep = Option("--keep", "N", "give up the contents of all but the newest N versions (of --key, or of all files)")
private let key = Option("--key", "KEY", "only this file")

extension Command {
    static let jsonGarbage = Command(
        "json gc", "Remove contents that nothing needs any more.",
        details: """
            Without --keep nothing that anybody could ask for is removed: every version is kept for ever. With it, older versions
            keep their line in the history and lose their content; versions of open conflicts keep theirs.
            """,
        options: [jsonUser, keep, key, .json]
    ) { invocation in
        let kept = try invocation.value(keep).map { try number($0, of: keep, 1...Int(Int32.max)) }
        let name = try invocation.value(key).map(fileKey)
        let report = try invocation.site().sync.collectGarbage(keep: kept, of: invocation.value(jsonUser), key: name)
        if invocation.wantsJSON {
            return Output.json([
                "given_up": JSONValue(report.givenUp), "contents": JSONValue(report.contents), "bytes": JSONValue(report.bytes),
                "strays": JSONValue(report.strays), "notes": JSONValue(report.notes),
            ])
        }
        Output.line("\(report.givenUp) versions lost their content, \(report.contents) contents (\(report.bytes) bytes) were removed")
        Output.line("\(report.strays) files that the database does not know and \(report.notes) old notes were removed")
    }
}

private let device = Option("--device", "ID", "the device; when left out the key is set free")

extension Command {
    static let jsonBind = Command(
        "json bind KEY-ID", "Say that an API key is used by one device alone.",
        details: "Then the server knows what that device has, without its having to name itself when it pulls.", options: [device, .json]
    ) { invocation in
        guard let id = Int(invocation.operands[0]) else {
            throw CommandFailure(.usage, "\"\(invocation.operands[0])\" is no id: imagebed key list shows the ids")
        }
        let name = try invocation.value(device).map { text in
            guard let name = DeviceID(text) else { throw CommandFailure(.usage, "a device id has 1 to 128 bytes without control characters") }
            return name
        }
        let site = try invocation.site()
        guard try site.accounts.keys().contains(where: { $0.id == id }) else { throw AccountsError.noKey(id) }
        try site.sync.bind(key: id, to: name)
        if invocation.wantsJSON { return Output.json(["id": JSONValue(id), "device_id": JSONValue(name?.text)]) }
        Output.line(name.map { "the API key \(id) stands for the device \($0.text)" } ?? "the API key \(id) stands for no device")
    }
}

// Output

private func json(_ file: SyncFileSummary) -> JSONValue {
    ["account": .string(file.account), "file_key": .string(file.key), "current_version": JSONValue(file.current),
     "deleted": .bool(file.isDeleted), "size": JSONValue(file.size), "open_conflicts": JSONValue(file.openConflicts),
     "updated_at": .string(SiteTime(file.updatedAt).text)]
}

func members(_ version: StoredVersion) -> [(String, JSONValue)] {
    [("version", JSONValue(version.number)), ("hash", JSONValue(version.hash?.text)), ("parent_hash", JSONValue(version.parentHash?.text)),
     ("device_id", .string(version.deviceID)), ("device_name", .string(version.deviceName)), ("message", .string(version.message)),
     ("created_at", .string(SiteTime(version.createdAt).text)), ("size", JSONValue(version.size)), ("merged", .bool(version.isMerged)),
     ("deleted", .bool(version.isDeletion)), ("expired", .bool(version.isGivenUp))]
}

private func wanted(_ invocation: Invocation) throws -> WantedVersion {
    if let text = invocation.value(version) { return .number(try number(text, of: version, 1...Int.max)) }
    guard let text = invocation.value(hash) else { return .latest }
    guard let content = ContentHash(text) else { throw CommandFailure(.usage, "\(hash.name) takes 64 hexadecimal digits") }
    return .hash(content)
}

private func number(_ text: String, of option: Option, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(text, in: range) else {
        throw CommandFailure(.usage, "\(option.name) is a whole number from \(range.lowerBound)")
    }
    return number
}

private func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
}
