// `imagebed export`: the return to EasyImages.

import JSONText
import Process
import Site
import Takeover

private let force = Option("--force", nil, "replace files that changed since the import, too")
private let dryRun = Option("--dry-run", nil, "tell what would be written, and write nothing")
private let hidden = Option("--hidden", nil, "list hidden links too, though hide_links is off now")

extension Command {
    static let exportEasyImages = Command(
        "export easyimages DIR", "Write the files of a replaced EasyImages site, for a return to PHP.",
        details: """
            Writes config/, admin/logs/upload/ and admin/logs/ipcounts/ below DIR, which may be the old site itself: each file as it was
            at the import, with what has changed here since (settings, ended tokens and accounts, new uploads). A file that is not as
            the import found it, or as an earlier export wrote it, is replaced only with --force. The files have mode 600: give them to
            PHP's user. Keys, accounts and passwords that were made here are only digests and cannot go back; they are listed.
            """,
        options: [force, dryRun, .json]
    ) { invocation in
        let site = try invocation.site()
        ThisProcess.closeNewFiles(to: 0o022)
        let export = try SiteExport(site, to: invocation.operands[0])
        let report = try export.run(replacesChanged: invocation.has(force), isRehearsal: invocation.has(dryRun))
        if invocation.wantsJSON { return Output.json(report.json) }
        let written = report.files.filter { $0.state == .written }
        Output.line("\(invocation.has(dryRun) ? "dry run, would write" : "wrote") \(written.count) of \(report.files.count) files in \(report.folder)")
        for file in written { Output.line("  \(file.name)") }
        if !report.settings.isEmpty { Output.line("settings that changed here: \(report.settings.joined(separator: ", "))") }
        if !report.tokens.isEmpty { Output.line("tokens that ended here: \(report.tokens.map { "\($0)" }.joined(separator: ", "))") }
        if !report.accounts.isEmpty { Output.line("uploaders that ended here: \(report.accounts.joined(separator: ", "))") }
        if report.uploads > 0 { Output.line("\(report.uploads) uploads were added to the logs") }
        for each in report.remaining { Output.line("stays behind: \(each)") }
    }

    static let exportLinks = Command(
        "export links", "List the delete and hidden links that this site gave out, for a return to PHP.",
        details: """
            EasyImages cannot serve them: they are neither encrypted with its keys nor made from its passwords. Whoever has one of them
            should be told, or deletes the file in PHP. Writes DATA/given-links.tsv (mode 600), in the place of an earlier one: a line for each
            link of a file that was uploaded here and is kept, with its kind, address, file, owner (empty for a visitor) and time. The
            links work again as soon as this site does.
            """,
        options: [hidden, .json]
    ) { invocation in
        let site = try invocation.site()
        let count = try LinkList(site, alsoHidden: invocation.has(hidden)).write()
        if invocation.wantsJSON { return Output.json(["file": .string(site.data.givenLinks), "links": JSONValue(count)]) }
        Output.line("\(count) links that EasyImages cannot serve are listed in \(site.data.givenLinks)")
    }
}
