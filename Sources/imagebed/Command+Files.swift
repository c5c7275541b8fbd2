// `imagebed file …`: single files, for administrators.

import Accounts
import JSONText
import Media
import MediaStore
import Site
import Text
import Time

private let user = Option("--user", "NAME", "only those of this account")
private let search = Option("--search", "TEXT", "only those whose original or stored name holds this, two characters or more")
private let type = Option("--type", "TYPE", "image, video or an extension as png")
private let unlisted = Option("--unlisted", nil, "only those that lists do not show")
private let recycled = Option("--recycled", nil, "those in the recycle bin")
private let before = Option("--before", "ID", "those that came before this one")
private let limit = Option("--limit", "N", "how many, 1 to 1000; 50 when left out")
private let forGood = Option("--for-good", nil, "remove it at once instead; it cannot be restored")
/// What all these commands say of their first operand.
let fileOperandHelp = "FILE is an id, a path below uploads, or an address of the site."

extension Command {
    static let fileList = Command(
        "file list", "Show files, the newest first.", details: "Go on with --before and the last id that was shown.",
        options: [user, search, type, unlisted, recycled, before, limit, .json]
    ) { invocation in
        let count = try number(limit, invocation, 1...1000) ?? 50
        let last = try number(before, invocation, 1...Int.max)
        let site = try invocation.site()
        let files = try site.store.files(selection(invocation, site), before: last, atMost: count)
        if invocation.wantsJSON { return Output.json(.array(try files.map { .object(try members($0, site)) })) }
        guard !files.isEmpty else { return Output.remark("no files") }
        Output.lines(Columns.text([["ID", "PATH", "BYTES", "MADE", "EXPIRES", "NAME"]] + files.map {
            ["\($0.id)", $0.path.text, "\($0.size)", SiteTime($0.createdAt).text, $0.expiresAt.map { SiteTime($0).text } ?? "-", $0.originalName]
        }))
    }

    static let fileShow = Command("file show FILE", "Show what is known of a file.", details: fileOperandHelp, options: [.json]) { invocation in
        let site = try invocation.site()
        let members = try members(FileOperand(invocation, site).file, site)
        if invocation.wantsJSON { return Output.json(.object(members)) }
        Output.lines(Columns.text(members.map { [$0.0, text($0.1)] }))
    }

    static let fileDelete = Command(
        "file delete FILE", "Move a file to the recycle bin.", details: "\(fileOperandHelp) One in the recycle bin is removed with --for-good.",
        options: [forGood, .json]
    ) { invocation in
        try act(invocation.has(forGood) ? .delete : .recycle, invocation)
    }

    static let fileRestore = Command(
        "file restore FILE", "Put a file of the recycle bin back to its address.", details: fileOperandHelp, options: [.json]
    ) { try act(.restore, $0) }
}

/// - Throws: `CommandFailure`, `.usage`; `AccountsError.noAccount`.
private func selection(_ invocation: Invocation, _ site: Site) throws -> FileSelection {
    let text = invocation.value(search)
    guard text.map({ $0.unicodeScalars.count >= FileSelection.leastSearch }) ?? true else {
        throw CommandFailure(.usage, "\(search.name) \(text ?? ""): it needs \(FileSelection.leastSearch) characters or more")
    }
    let owner = try invocation.value(user).map { name in
        guard let account = try site.accounts.account(named: name) else { throw AccountsError.noAccount(name) }
        return account.id
    }
    return FileSelection(owner: owner, isRecycled: invocation.has(recycled), isUnlisted: invocation.has(unlisted), filter: try filter(invocation), search: text)
}

private func filter(_ invocation: Invocation) throws -> ListFilter {
    guard let word = invocation.value(type) else { return .all }
    if let kind = MediaKind(rawValue: word) { return .kind(kind) }
    guard let wanted = MediaType(fileExtension: word) else { throw CommandFailure(.usage, "\(type.name) \(word): it is \(type.help)") }
    return .type(wanted)
}

private func act(_ action: BulkAction, _ invocation: Invocation) throws {
    let site = try invocation.site()
    let file = try FileOperand(invocation, site).file
    let outcome = try site.store.carryOut(action, on: [file.id], of: nil)
    guard outcome.done == [file.id] else { throw CommandFailure(.failed, failure(action, file, outcome)) }
    if invocation.wantsJSON { return Output.json(["id": JSONValue(file.id), "path": .string(file.path.text), "done": .string(action.rawValue)]) }
    let done = switch action {
    case .restore: "is at its address again"
    case .delete: "is removed"
    default: "is in the recycle bin"
    }
    Output.line("\(file.path.text) \(done)")
}

private func failure(_ action: BulkAction, _ file: StoredFile, _ outcome: BulkOutcome) -> String {
    if let error = outcome.errors.first { return error }
    return action == .restore ? "\(file.path.text) is not in the recycle bin, or another file has its address"
        : "\(file.path.text) is in the recycle bin: --for-good removes it"
}

private func number(_ option: Option, _ invocation: Invocation, _ bounds: ClosedRange<Int>) throws -> Int? {
    guard let text = invocation.value(option) else { return nil }
    guard let number = Int(text, in: bounds) else { throw CommandFailure(.usage, "\(option.name) \(text): it is a number of \(option.help)") }
    return number
}

private func members(_ file: StoredFile, _ site: Site) throws -> [(String, JSONValue)] {
    let (owner, sender) = (try file.owner.flatMap { try site.accounts.account($0) }, try site.store.sender(of: file))
    return [
        ("id", JSONValue(file.id)), ("path", .string(file.path.text)), ("url", .string(Links(try site.settings).file(file.path))),
        ("name", .string(file.originalName)), ("type", .string(file.type.mime)), ("bytes", JSONValue(file.size)),
        ("width", JSONValue(file.width)), ("height", JSONValue(file.height)), ("views", JSONValue(file.views)),
        ("listed", .bool(file.isPublic)), ("account", JSONValue(owner?.name)), ("address", JSONValue(sender?.address)),
        ("created_at", .string(SiteTime(file.createdAt).text)), ("deleted_at", JSONValue(file.deletedAt.map { SiteTime($0).text })),
        ("expires_at", JSONValue(file.expiresAt.map { SiteTime($0).text })),
        ("recycled", .bool(file.isRecycled)), ("sha256", .string(Hexadecimal.encode(file.sha256))),
    ]
}

/// A value for people.
private func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .null: ""
    default: String(decoding: value.bytes, as: UTF8.self)
    }
}
