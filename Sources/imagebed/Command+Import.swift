// `imagebed import easyimages`: takes over an EasyImages site without moving its files, and prints a report of everything that was found.

import Disk
import MediaStore
import Process
import Settings
import Site
import Takeover

private let baseURL = Option("--base-url", "URL", "the address that visitors use, where it is not the old site's domain")
private let settings = Option("--settings", nil, "take the old settings again, over what was changed here since the first import, and end what is gone there")
private let yes = Option("--yes", nil, "with --settings: end also very many rows whose files are gone")
private let checkOnly = Option("--check", nil, "only say whether the old site's settings, tokens and accounts can be read (install.sh)")
private let defaultToken = Option(
    "--default-token", "refuse|replace|\(DefaultTokenChoice.keepUntil) DATE", longValue: DefaultTokenChoice.keepUntil,
    "what becomes of the token that came with every EasyImages site: refused, another made, or kept until a day such as 2027-03-31")
private let dryRun = Option("--dry-run", nil, "tell what would happen, and write nothing")

extension Command {
    static let importEasyImages = Command(
        "import easyimages DIR", "Take over an EasyImages site.",
        details: """
            DIR is the old site's folder, the one with index.php. Its pictures stay where they are: uploads and recycle of the data
            folder become links to them, and nothing below DIR is changed (a missing recycle folder is made). Settings, accounts,
            tokens, logs and counters go over; what has no meaning here is kept for imagebed export easyimages. The site must have
            been made before (imagebed setup); restart its programs afterwards (they hold the old folders open). An import that was
            interrupted goes on where it was when it is called again, and a second one adds what is new. It tells which pictures and tokens
            the old site has not any more; with --settings it ends them here too, unless so many pictures are gone that the tree seems not
            to be mounted. Static files of DIR (robots.txt, proofs of ownership, documents, pictures) go on being served; what is not is
            listed.
            Where the old site still has the token that came with every EasyImages site, a terminal is asked what shall become of it;
            without a terminal it is refused until \(defaultToken.name) says otherwise.
            """,
        options: [baseURL, defaultToken, settings, yes, dryRun, checkOnly, .json]
    ) { invocation in
        var options = ImportOptions()
        options.takesSettings = invocation.has(settings)
        options.isRehearsal = invocation.has(dryRun)
        options.isConfirmed = invocation.has(yes)
        options.baseURL = try invocation.value(baseURL).map(address)
        if invocation.has(checkOnly) { return try SiteImport.check(invocation.data, OldSite(invocation.operands[0]), options) }
        options.defaultToken = try invocation.value(defaultToken).map(choice)
        let report = try options.isRehearsal ? rehearse(invocation, options) : take(invocation, options)
        if invocation.wantsJSON { Output.json(report.json) } else { Output.lines(report.text) }
        if report.gone.obstacle != nil { throw CommandFailure(.failed, "") }
    }
}

private func address(_ text: String) throws -> BaseURL {
    guard let address = BaseURL(text) else {
        throw CommandFailure(.usage, "\"\(text)\" is no address such as https://img.example.org")
    }
    return address
}

private func choice(_ text: String) throws -> DefaultTokenChoice {
    guard let choice = DefaultTokenChoice(text) else {
        throw CommandFailure(.usage, "\(defaultToken.name) is refuse, replace or \(DefaultTokenChoice.keepUntil) with a day such as 2027-03-31")
    }
    return choice
}

private func take(_ invocation: Invocation, _ options: ImportOptions) throws -> ImportReport {
    try invocation.becomeOwnerOfSite()
    let oldSite = try OldSite(invocation.operands[0])
    try check(invocation.data, oldSite, options)
    // Checked before anything is linked.
    try SiteSchema.require(invocation.data)
    guard let lock = try Folder(invocation.data.run).lock("import", waits: false) else {
        throw CommandFailure(.failed, "another import is at work")
    }
    return try withExtendedLifetime(lock) {
        if !invocation.data.isTakenOver {
            Output.remark("restart the site's programs when this is done: they hold the former folders open")
        }
        try SiteImport.link(invocation.data, to: oldSite)
        let site = try Site(data: invocation.data)
        return try work(oldSite, site, options)
    }
}

private func check(_ data: DataFolder, _ oldSite: OldSite, _ options: ImportOptions) throws {
    do { try SiteImport.check(data, oldSite, options) } catch let error as TakeoverError where !error.details.isEmpty {
        for line in ["imagebed import easyimages: \(error)"] + error.details { Output.remark(line, .error) }
        throw CommandFailure(.failed, "")
    }
}

/// A dry run without an existing site uses a temporary one.
private func rehearse(_ invocation: Invocation, _ options: ImportOptions) throws -> ImportReport {
    try ServiceUser.become(ownerOf: invocation.data)
    let isMade = FileSystem.exists(invocation.data.mark)
    let oldSite = try OldSite(invocation.operands[0])
    try check(invocation.data, oldSite, options)
    if isMade { return try work(oldSite, Site(data: invocation.data), options) }
    let folder = try FileSystem.makeTemporaryFolder(named: "imagebed-dry-run")
    defer { removeTree(folder) }
    let data = DataFolder(folder)
    try data.create()
    try SiteSchema.update(data)
    return try work(oldSite, Site(data: data), options)
}

private func work(_ oldSite: OldSite, _ site: Site, _ options: ImportOptions) throws -> ImportReport {
    let bar = ProgressBar(of: "pictures")
    let work = SiteImport(oldSite, into: site, options, progress: { bar.show($0.done, of: $0.total) })
    if StandardInput.isTerminal { work.askAboutDefaultToken = DefaultTokenQuestion.ask }
    let report = try work.run()
    bar.end()
    return report
}

/// Removes regular files and folders only, to the depth of a new data folder.
private func removeTree(_ path: String, depth: Int = 0) {
    guard depth < 4, let folder = try? Folder(path) else { return }
    for entry in (try? folder.listing()) ?? [] {
        let inner = "\(path)/\(entry.shown)"
        if entry.kind == .folder { removeTree(inner, depth: depth + 1) } else { FileSystem.removeFile(inner) }
    }
    try? FileSystem.removeEmptyFolder(path)
}
