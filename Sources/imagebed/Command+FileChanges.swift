// `imagebed file rename|replace`: another name for a file, or other bytes at its address.

import Disk
import HTTP
import JSONText
import Media
import MediaStore
import Site
import UploadPipeline

extension Command {
    static let fileRename = Command(
        "file rename FILE NAME", "Give a file another name; its address stays.",
        details: "\(fileOperandHelp) Lists and searches use the name: 1 to 255 bytes, without / and \\.", options: [.json]
    ) { invocation in
        guard let name = ClientName(given: invocation.operands[1]) else {
            throw CommandFailure(.usage, "a name has 1 to 255 bytes, and neither / nor \\ nor control characters")
        }
        let site = try invocation.site()
        let file = try FileOperand(invocation, site).file
        guard try site.store.rename(file.id, to: name, of: nil) != nil else { throw isDeleted(file) }
        tell(file, "renamed", [("name", .string(name.text))], "\(file.path.text) is called \"\(name.text)\"", invocation)
    }

    static let fileReplace = Command(
        "file replace FILE CONTENT", "Put another file at the address of one.",
        details: """
            \(fileOperandHelp) CONTENT is a file on this machine, of the same type. The former file goes to the recycle bin under a name of its own;
            file restore puts it beside this one. Needs the setting replace_files. Copies that were fetched earlier may stay with those who have them.
            """, options: [.json]
    ) { invocation in
        // With the rights of whoever calls; the site's user may be unable to read it.
        let content = try File(at: invocation.operands[1])
        let site = try invocation.site()
        let file = try FileOperand(invocation, site).file
        let replaced = try replace(file, with: content, named: invocation.operands[1], site)
        let former = replaced.former
        tell(file, former == nil ? "unchanged" : "replaced", [("former", JSONValue(former?.id)), ("former_path", JSONValue(former?.path.text))],
             former.map { "\(file.path.text) is replaced; its former content is \($0.id), \($0.path.text), in the recycle bin" }
                 ?? "\(file.path.text) has this content already", invocation)
    }
}

private func replace(_ file: StoredFile, with content: File, named name: String, _ site: Site) throws -> ReplacedFile {
    let limit = try site.settings.largestUpload
    guard content.size <= limit else { throw CommandFailure(.failed, "\(name) has \(content.size) bytes, and the settings allow \(limit)") }
    let draft = try Draft(in: site.uploads)
    try content.forEachPiece(draft.write)
    let received = try ReceivedFile(draft, named: ClientName(name), wantsMD5: site.settings.senders.checksBlockedMD5)
    do {
        guard let replaced = try site.replace(file, with: received, of: nil) else { throw isDeleted(file) }
        for remark in replaced.remarks { Output.remark(remark) }
        return replaced
    } catch let refusal as UploadRefusal {
        throw CommandFailure(.failed, refusal.problem(failure: "").detail ?? "\(refusal)")
    }
}

private func isDeleted(_ file: StoredFile) -> CommandFailure {
    guard file.isRecycled || !file.hasExpired else { return CommandFailure(.notFound, "there is no file \(file.path.text) any more: its time is over") }
    return CommandFailure(.failed, "\(file.path.text) is in the recycle bin: imagebed file restore \(file.id) puts it back")
}

private func tell(_ file: StoredFile, _ done: String, _ more: [(String, JSONValue)], _ sentence: String, _ invocation: Invocation) {
    guard invocation.wantsJSON else { return Output.line(sentence) }
    Output.json(.object([("id", JSONValue(file.id)), ("path", .string(file.path.text)), ("done", .string(done))] + more))
}
