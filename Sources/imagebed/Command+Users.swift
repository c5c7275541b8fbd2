// `imagebed user …`: accounts and their passwords.

import Accounts
import JSONText
import MediaStore
import Time

private let role = Option("--role", "ROLE", "\(Role.allCases.map(\.rawValue).joined(separator: " or ")); user when left out")
private let passwordOptions = [Password.given, Password.generated]

extension Command {
    static let userAdd = Command(
        "user add NAME", "Make an account.",
        details: """
            A password that is made up has 20 characters and is shown this once. One that is brought has 8 to 128 characters, for an admin
            12 to 128, and is none of the most common.
            """,
        options: [role] + passwordOptions + [.json]
    ) { invocation in
        let name = try accountName(invocation.operands[0])
        guard let role = Role(rawValue: invocation.value(role) ?? Role.user.rawValue) else {
            throw CommandFailure(.usage, "there is no such role: it is admin or user")
        }
        let site = try invocation.site()
        let password = try Password(invocation)
        let account = try site.accounts.add(name, password: password.text, role: role)
        password.show(invocation, for: account, "made the account \(name) (\(role.rawValue))")
    }

    static let userList = Command(
        "user list", "Show all accounts.", details: "WAITS tells since when an account waits for imagebed user approve, or refuse.",
        options: [.json]
    ) { invocation in
        let accounts = try invocation.site().accounts.all()
        if invocation.wantsJSON { return Output.json(.array(accounts.map(json))) }
        guard !accounts.isEmpty else { return Output.remark("no accounts: make one with imagebed user add NAME --role admin") }
        Output.lines(Columns.text([["NAME", "ROLE", "MADE", "DISABLED", "ENDS", "WAITS"]] + accounts.map {
            [$0.name, $0.role.rawValue, SiteTime($0.createdAt).text, $0.waitingSince == nil ? text($0.disabledAt) : "",
             text($0.expiresAt), text($0.waitingSince)]
        }))
    }

    static let userPassword = Command(
        "user password NAME", "Give an account a new password.",
        details: "All its logins end. Its API keys and delete links go on working. What a password must be says imagebed user add --help.",
        options: passwordOptions + [.json]
    ) { invocation in
        let name = invocation.operands[0]
        let accounts = try invocation.site().accounts
        guard let account = try accounts.account(named: name) else { throw AccountsError.noAccount(name) }
        let password = try Password(invocation)
        try accounts.setPassword(of: name, to: password.text)
        password.show(invocation, for: account, "\(account.name) has a new password")
    }

    static let userCheck = Command(
        "user check NAME", "Tell whether the password on standard input opens an account.",
        details: "Ends with 0 when it does, with 1 when it does not or the account is disabled."
    ) { invocation in
        let accounts = try invocation.site().accounts
        guard try accounts.account(named: invocation.operands[0], password: Password.fromInput()) != nil else {
            throw CommandFailure(.failed, "this name and password open no account")
        }
        Output.line("the password is right")
    }

    static let userDisable = Command(
        "user disable NAME", "Shut an account and its API keys; its files stay.", options: [.json]
    ) { try setDisabled(true, $0) }

    static let userEnable = Command("user enable NAME", "Open a disabled account again.", options: [.json]) { try setDisabled(false, $0) }

    static let userApprove = Command(
        "user approve NAME", "Open an account that was registered and waits for approval.",
        details: "The setting registration says whether accounts wait; imagebed user list shows those that do.", options: [.json]
    ) { invocation in
        let name = invocation.operands[0]
        let accounts = try invocation.site().accounts
        try accounts.approve(name)
        if invocation.wantsJSON, let account = try accounts.account(named: name) { return Output.json(json(account)) }
        Output.line("\(name) can sign in now")
    }

    static let userRefuse = Command(
        "user refuse NAME", "Remove an account that waits for approval; its name is free again.", options: [.json]
    ) { invocation in
        let name = invocation.operands[0]
        try invocation.site().accounts.refuse(name)
        if invocation.wantsJSON { return Output.json(["name": .string(name), "refused": true]) }
        Output.line("\(name) is removed")
    }
}

private func text(_ seconds: Int?) -> String { seconds.map { SiteTime($0).text } ?? "" }

private func setDisabled(_ disabled: Bool, _ invocation: Invocation) throws {
    let name = invocation.operands[0]
    let accounts = try invocation.site().accounts
    try accounts.setDisabled(disabled, name)
    if invocation.wantsJSON, let account = try accounts.account(named: name) { return Output.json(json(account)) }
    Output.line("\(name) is \(disabled ? "disabled: neither its password nor its API keys open anything" : "enabled")")
}

private func accountName(_ text: String) throws -> AccountName {
    guard let name = AccountName(text) else {
        throw CommandFailure(.usage, "\"\(text)\" cannot be a name: it is 1 to 64 of a-z, A-Z, 0-9 and . _ - @, "
            + "a letter or digit first")
    }
    return name
}

func json(_ account: Account) -> JSONValue {
    [
        "name": .string(account.name), "role": .string(account.role.rawValue),
        "created_at": .string(SiteTime(account.createdAt).text),
        "disabled_at": JSONValue(account.disabledAt.map { SiteTime($0).text }),
        "expires_at": JSONValue(account.expiresAt.map { SiteTime($0).text }),
        "waiting_since": JSONValue(account.waitingSince.map { SiteTime($0).text }),
        "byte_limit": JSONValue(account.quota.bytes), "file_limit": JSONValue(account.quota.files),
    ]
}

extension Password {
    private var strength: PasswordStrength { PasswordStrength(of: text) }

    /// Prints a generated password as part of the result; an entered one is not repeated.
    fileprivate func show(_ invocation: Invocation, for account: Account, _ message: String) {
        if invocation.wantsJSON {
            let made: [(String, JSONValue)] = isMadeUp ? [("password", .string(text))] : [("strength", .string(strength.rawValue))]
            return Output.json(.object([("name", .string(account.name)), ("role", .string(account.role.rawValue))] + made))
        }
        Output.line(message)
        Output.line(isMadeUp ? "password: \(text)" : "the password is \(strength.rawValue)\(strength == .weak ? ": a longer one is better" : "")")
    }
}
