// `imagebed user role|quota|delete`: what an account may do and store, and its end.

import Accounts
import JSONText
import MediaStore
import Settings
import Site

private let bytes = Option("--bytes", "SIZE", "how much it may store, as 500MB or 10GB; none for no limit")
private let files = Option("--files", "N", "how many files it may have; none for no limit")
private let withFiles = Option("--with-files", nil, "move its files to the recycle bin too")

extension Command {
    static let userRole = Command(
        "user role NAME ROLE", "Make an account an admin, or a user.",
        details: "It counts from the account's next request on. The last admin that can be used stays one.", options: [.json]
    ) { invocation in
        let (name, word) = (invocation.operands[0], invocation.operands[1])
        guard let role = Role(rawValue: word) else { throw CommandFailure(.usage, "there is no role \"\(word)\": it is admin or user") }
        let accounts = try invocation.site().accounts
        try accounts.setRole(role, of: name)
        if invocation.wantsJSON, let account = try accounts.account(named: name) { return Output.json(json(account)) }
        Output.line("\(name) is \(role == .admin ? "an admin" : "a user") now")
    }

    static let userQuota = Command(
        "user quota NAME", "Show or set how much an account may store.",
        details: """
            Without an option it shows what the account stores and may store. Over its quota uploads are refused with 403; what is there stays.
            Files in the recycle bin do not count.
            """,
        options: [bytes, files, .json]
    ) { invocation in
        let name = invocation.operands[0]
        let site = try invocation.site()
        guard let account = try site.accounts.account(named: name) else { throw AccountsError.noAccount(name) }
        let wanted = Quota(bytes: try limit(bytes, invocation, account.quota.bytes) { ByteCount.parse($0) },
                           files: try limit(files, invocation, account.quota.files) { Int($0, in: Quota.fileLimits) })
        if wanted != account.quota { try site.accounts.setQuota(wanted, of: name) }
        let numbers = try site.store.numbers(of: account.id)
        if invocation.wantsJSON { return Output.json(members(account.name, wanted, numbers)) }
        Output.lines(Columns.text([
            ["", "USED", "LIMIT"], ["bytes", "\(numbers.bytes)", wanted.bytes.map { "\($0)" } ?? "none"],
            ["files", "\(numbers.files)", wanted.files.map { "\($0)" } ?? "none"],
        ]))
    }

    static let userDelete = Command(
        "user delete NAME", "Delete an account for good; its name is free again.",
        details: """
            Its keys, sessions and delete links stop working. Its JSON stays, and so do its files unless --with-files moves them to the recycle
            bin. The last admin that can be used is not deleted.
            """,
        options: [withFiles, .json]
    ) { invocation in
        let name = invocation.operands[0]
        let site = try invocation.site()
        guard let account = try site.accounts.account(named: name) else { throw AccountsError.noAccount(name) }
        // Disabled first: an interrupted deletion is done again, and no key uploads meanwhile.
        try site.accounts.setDisabled(true, account.name)
        let count = invocation.has(withFiles) ? try discardFiles(of: account, site) : 0
        try site.accounts.delete(account.name)
        if invocation.wantsJSON { return Output.json(["name": .string(account.name), "deleted": true, "files": JSONValue(count)]) }
        Output.line("\(account.name) is deleted\(invocation.has(withFiles) ? "; files moved to the recycle bin: \(count)" : "")")
    }
}

/// - Parameter known: what stays if the option is left out.
private func limit(_ option: Option, _ invocation: Invocation, _ known: Int?, _ parse: (String) -> Int?) throws -> Int? {
    guard let text = invocation.value(option) else { return known }
    if text == "none" { return nil }
    guard let number = parse(text) else { throw CommandFailure(.usage, "\(option.name) \(text): it is \(option.help)") }
    return number
}

private func members(_ name: String, _ quota: Quota, _ numbers: OwnerNumbers) -> JSONValue {
    ["name": .string(name), "bytes": JSONValue(numbers.bytes), "byte_limit": JSONValue(quota.bytes), "files": JSONValue(numbers.files),
     "file_limit": JSONValue(quota.files)]
}

private func discardFiles(of account: Account, _ site: Site) throws -> Int {
    let count = try site.store.discardFiles(of: account.id)
    if let failures = UnfinishedDeletion.summary(try site.store.finishDeletions()) {
        throw CommandFailure(.failed, "\(failures); the account is disabled: run this again")
    }
    return count
}
