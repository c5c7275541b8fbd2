// `imagebed setup`: creates everything in the data folder that the first request needs. Idempotent.

import Administration
import Disk
import JSONText
import Process
import Settings
import Site

private let baseURL = Option("--base-url", "URL", "the address that visitors use, such as https://img.example.org")
private let check = Option("--check", nil, "only find out whether this program can work with the data folder; nothing is changed")
private let ahead = Option(
    "--ahead", nil, "only do what takes long in a migration, while programs of the former version go on serving")
private let restored = Option(
    "--restored", nil, "only see that ids are not given again, after an older copy of the database came back and before the site works with it")
private let newSecret = Option(
    "--new-secret", nil, "make a new secret: links that delete or hide pictures, handed out so far, stop working")
private let usualURL = Option("--usual-url", "URL", "the address where nobody has set another one with --base-url or settings set")

extension Command {
    static let setup = Command(
        "setup", "Make the data folder of a site, or bring it up to date.",
        details: """
            Makes what is missing: folders, database, the secret of delete links, and the values for the web server. What is there stays.
            A site that has lost its secret does not get another one by itself: restore it from a backup, or ask for --new-secret.
            A database that an older version wrote is migrated; first it is copied to imagebed.db.before-N beside it, N being the
            number of its schema. The last two copies are kept. The README says how to go back. (One on a server, which cluster.conf names,
            is not copied: pg_dump does that.)
            When such a copy has come back, --restored lets files, keys, JSON conflicts and events go on with ids that were never given:
            otherwise a delete link of after the copy could delete a new file. It migrates nothing and may be repeated. (imagebed restore does
            the same by itself.)
            Give the folder to the service's user first (chown), or run this as that user.
            """,
        options: [baseURL, usualURL, check, ahead, restored, newSecret, .json]
    ) { invocation in
        if invocation.has(check) { return try checkSite(invocation) }
        if invocation.has(ahead) { return try migrateAhead(invocation.data) }
        if invocation.has(restored) { return try passOverIDs(invocation) }
        // Validated before anything is created.
        let change = try invocation.value(baseURL).map { try SettingChange("base_url", $0) }
        let usual = try invocation.value(usualURL).map { try SettingChange("base_url", $0) }
        let data = invocation.data
        try ServiceUser.become(ownerOf: data)
        let isNew = try !SiteSchema.exists(data)
        let added = try SiteSchema.missing(data)
        let (site, update) = try bringUpToDate(data, replacesSecret: invocation.has(newSecret))
        try site.worker.forgetRefusal()
        if let usual { try UsualAddress.give(usual, to: site, isNew: isNew) }
        let administration = Administration(site)
        if let change { try administration.change([change]) }
        let changed = try administration.writeWebValues() ? [data.webValues] : []
        if !added.isEmpty, !invocation.wantsJSON { Output.line("added to the database: \(added.joined(separator: ", "))") }
        report(invocation, isNew: isNew, update, baseURL: try site.settings.baseURL.text, changed)
    }
}

private func checkSite(_ invocation: Invocation) throws {
    try ServiceUser.become(ownerOf: invocation.data)
    try invocation.data.requireWhole(butSecret: invocation.has(newSecret))
    let found = try SiteSchema.check(invocation.data, replacesSecret: invocation.has(newSecret))
    let missing = try SiteSchema.missing(invocation.data)
    if invocation.wantsJSON {
        return Output.json(.object([("schema", JSONValue(found)), ("known", JSONValue(SiteSchema.known))]
            + (missing.isEmpty ? [] : [("missing", .array(missing.map { .string($0) }))])))
    }
    let path = try DatabasePlace(of: invocation.data)
    switch found {
    case nil, 0: Output.line("\(path): there is no site yet")
    case SiteSchema.known: Output.line("\(path) has schema \(SiteSchema.known), which this program works with")
    case let found?:
        let copies = if case .file = path { "copies it and " } else { "" }
        Output.line("\(path) has schema \(found); setup \(copies)migrates it to schema \(SiteSchema.known)")
    }
    if !missing.isEmpty { Output.line("the database was made before this program had \(missing.joined(separator: ", ")), which setup adds") }
}

private func migrateAhead(_ data: DataFolder) throws {
    try ServiceUser.become(ownerOf: data)
    let bar = ProgressBar(of: "indexes")
    try SiteSchema.updateAhead(data) { bar.show($0, of: $1) }
    bar.end()
}

private func passOverIDs(_ invocation: Invocation) throws {
    try invocation.becomeOwnerOfSite()
    let data = invocation.data
    try data.requireWhole()
    try SiteSchema.passOverIDs(data)
    if invocation.wantsJSON { return Output.json(["data": .string(data.path)]) }
    Output.line("ids of \(try DatabasePlace(of: data)) go on behind a gap: none of those that were given since the copy was made is given again")
}

/// All steps of setup except the values for the web server.
func bringUpToDate(_ data: DataFolder, replacesSecret: Bool = false) throws -> (Site, SiteSchema.Update?) {
    // The web server's user must be able to enter the folders, whatever the umask of root is.
    ThisProcess.closeNewFiles(to: 0o022)
    if replacesSecret { try SiteSchema.requireChanges(data) } else { try SiteSchema.requireSecret(data) }
    try data.create(replacesSecret: replacesSecret)
    // (The log of an installed site belongs to root.)
    if data.viewLog == data.ownViewLog { try ViewLogFolder(ViewLogFolder.path(of: data))?.makeLog(mode: 0o644) }
    let bar = ProgressBar(of: "pages copied")
    let update = try SiteSchema.update(data, replacesSecret: replacesSecret) { bar.show($0.done, of: $0.total) }
    bar.end()
    return (try Site(data: data), update)
}

private func report(_ invocation: Invocation, isNew: Bool, _ update: SiteSchema.Update?, baseURL: String, _ changed: [String]) {
    let path = invocation.data.path
    if invocation.wantsJSON {
        return Output.json(.object([
            ("data", .string(path)), ("new", .bool(isNew)), ("base_url", .string(baseURL)), ("changed", .array(changed.map { .string($0) })),
        ] + (update?.copy.map { [("copy", .string($0))] } ?? [])))
    }
    Output.line("\(isNew ? "made a site in" : "there is a site in") \(path), its address is \(baseURL)")
    if let update {
        Output.line("migrated the database from schema \(update.former) to \(SiteSchema.known)"
            + (update.copy.map { "; \($0) is as it was before" } ?? ""))
    }
    for file in changed { Output.line("wrote \(file)") }
    if !isNew && !changed.isEmpty { Output.remark(webServerAdvice) }
    if User.isRoot { Output.remark("\(path) belongs to root: chown -R it to the user that the service runs as") }
}
