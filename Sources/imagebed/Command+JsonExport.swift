// `imagebed json export`: a file's history as a folder of plain files. Not a git repository: plain files need no other program on the
// server, every program can read them, and pushed contents that were merged, which are no version of their own, fit in. They can be
// committed to git in order.

import Disk
import JSONText
import SyncRules
import SyncStore

extension Command {
    static let jsonExport = Command(
        "json export KEY DIR", "Write every version of a JSON file into a new folder.",
        details: """
            The folder gets N.json for each version N, pushed-N.json for what was pushed where version N is a merge, and
            history.json with devices, messages, times and hashes. The contents are the stored bytes; a deletion has no file.
            """,
        options: [jsonUser, .json]
    ) { invocation in
        let site = try invocation.site()
        let file = try JsonFile(invocation, site)
        let versions = try site.versions(of: file, newest: Int.max)
        let path = invocation.operands[1]
        guard try FileSystem.makeFolder(path) else { throw CommandFailure(.exists, "\(path) is there already: name a new folder") }
        let folder = try Folder(path)
        for version in versions.reversed() { try export(version, of: file, site.sync, into: folder) }
        try write("history.json", into: folder) { sink in
            try JSONValue.array(versions.reversed().map { .object(members($0)) }).bytes.withUnsafeBytes(sink)
        }
        if invocation.wantsJSON { return Output.json(["folder": .string(path), "versions": JSONValue(versions.count)]) }
        Output.line("wrote \(versions.count) versions into \(path)")
    }
}

private func export(_ version: StoredVersion, of file: JsonFile, _ store: SyncStore, into folder: Folder) throws {
    guard !version.isDeletion, !version.isGivenUp else { return }
    let content = try store.pull(file.key, .number(version.number), for: file.caller).content
    try write("\(version.number).json", into: folder, content.write)
    if let pushed = try store.pushedContent(of: version, file.key, account: file.caller.accountID) {
        try write("pushed-\(version.number).json", into: folder, pushed.write)
    }
}

private func write(_ name: String, into folder: Folder,
                   _ produce: (@escaping (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
    let draft = try Draft(in: folder)
    try produce(draft.write)
    try draft.publish(as: name, in: folder, isDurable: false)
}
