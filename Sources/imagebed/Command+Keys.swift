// `imagebed key …`: API keys.

import Accounts
import JSONText
import MediaStore
import Text
import Time

private let user = Option("--user", "NAME", "the account; may be left out while there is just one")
private let keyName = Option("--name", "TEXT", "what the key is for; \"key\" when left out")
private let scopes = Option("--scopes", "LIST", "what it allows, with commas: \(Set(Scope.allCases).text) (\(Scope.usual.text) when left out)")
private let expiry = Option("--expires-days", "N", "how many days it works; without end when left out")

extension Command {
    static let keyCreate = Command(
        "key create", "Make an API key.",
        details: "The key alone goes to standard output, this once: only its SHA-256 is kept.",
        options: [user, keyName, scopes, expiry, .json]
    ) { invocation in
        let wanted = invocation.value(scopes) ?? Scope.usual.text
        guard let scopes = Set<Scope>(text: wanted) else {
            throw CommandFailure(.usage, "\"\(wanted)\" are no scopes: they are \(Set(Scope.allCases).text)")
        }
        let days = try invocation.value(expiry).map(daysToLive)
        let accounts = try invocation.site().accounts
        let (key, record) = try accounts.createKey(
            of: invocation.value(user) ?? onlyAccount(accounts), name: invocation.value(keyName) ?? "key", scopes: scopes,
            expiresAt: days.map { Now.seconds + $0 * 86_400 })
        if scopes.contains(.metrics), try accounts.account(named: record.account)?.role != .admin {
            Output.remark("\(record.account) is no administrator, so this key does not open the metrics: imagebed user role \(record.account) admin makes one")
        }
        if invocation.wantsJSON { return Output.json(.object([("key", .string(key))] + members(record))) }
        Output.line(key)
        Output.remark("made the API key \(record.id) of \(record.account) for \(record.scopes.text): note it now, "
            + "it is shown this once")
    }

    static let keyList = Command(
        "key list", "Show the API keys, without the keys themselves.", options: [user, .json]
    ) { invocation in
        let keys = try invocation.site().accounts.keys(of: invocation.value(user))
        if invocation.wantsJSON { return Output.json(.array(keys.map { .object(members($0)) })) }
        guard !keys.isEmpty else { return Output.remark("no API keys: make one with imagebed key create") }
        Output.lines(Columns.text([["ID", "ACCOUNT", "NAME", "STARTS WITH", "SCOPES", "MADE", "LAST USED", "STATE"]] + keys.map {
            ["\($0.id)", $0.account, $0.name, $0.prefix, $0.scopes.text, SiteTime($0.createdAt).text,
             $0.lastUsedAt.map { SiteTime($0).text } ?? "never", state($0)]
        }))
    }

    static let keyRevoke = Command("key revoke ID", "End an API key at once and for good.", options: [.json]) { invocation in
        guard let id = Int(invocation.operands[0].pasted) else {
            throw CommandFailure(.usage, "\"\(invocation.operands[0])\" is no id: imagebed key list shows the ids")
        }
        let record = try invocation.site().accounts.revokeKey(id)
        if invocation.wantsJSON { return Output.json(.object(members(record))) }
        Output.line("the API key \(id) (\(record.name), \(record.account)) opens nothing any more")
    }
}

private func daysToLive(_ text: String) throws -> Int {
    guard let days = Int(text, in: 1...36_500) else {
        throw CommandFailure(.usage, "\(expiry.name) is a whole number from 1 to 36500")
    }
    return days
}

func onlyAccount(_ accounts: Accounts) throws -> String {
    let usable = try accounts.all().filter { $0.disabledAt == nil }
    guard let only = usable.first, usable.count == 1 else {
        throw usable.isEmpty
            ? CommandFailure(.notFound, "there is no account: make one with imagebed user add NAME --role admin")
            : CommandFailure(.usage, "there are several accounts: name one with \(user.name)")
    }
    return only.name
}

private func state(_ key: APIKey) -> String {
    if let revoked = key.revokedAt { return "revoked \(SiteTime(revoked).text)" }
    if key.accountDisabledAt != nil { return "account disabled" }
    if let end = key.accountExpiresAt, end < Now.seconds { return "account ended \(SiteTime(end).text)" }
    guard let expires = key.expiresAt else { return "works" }
    return expires <= Now.seconds ? "expired \(SiteTime(expires).text)" : "works until \(SiteTime(expires).text)"
}

private func members(_ key: APIKey) -> [(String, JSONValue)] {
    func time(_ seconds: Int?) -> JSONValue { JSONValue(seconds.map { SiteTime($0).text }) }
    return [
        ("id", JSONValue(key.id)), ("account", .string(key.account)), ("name", .string(key.name)),
        ("prefix", .string(key.prefix)),
        ("scopes", .array(Scope.allCases.filter(key.scopes.contains).map { .string($0.rawValue) })),
        ("created_at", time(key.createdAt)), ("expires_at", time(key.expiresAt)), ("last_used_at", time(key.lastUsedAt)),
        ("revoked_at", time(key.revokedAt)), ("number", JSONValue(key.number)),
    ]
}
