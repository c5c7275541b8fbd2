// `imagebed backup` and `imagebed restore`: options, rights and output. The work is done by the library Backup.

import Administration
import Backup
import Disk
import JSONText
import Process
import Site

private let hashes = Option("--hashes", nil, "read every file and compare its SHA-256 too")
private let copies = Option("--copy", nil, "copy files even where they could be linked")

extension Command {
    static let backup = Command(
        "backup DIR", "Copy the site into a folder while it goes on working.",
        details: """
            DIR is new, empty, or that of an earlier backup: then only what is new or has changed is written, and the earlier backup stays
            whole until this one is. In the same file system files are linked and take no room: such a backup helps against mistakes, and not
            against a broken disk; files of linked backups must not be changed, nor given to another owner. Run as root, DIR is made for the
            owner of the data. Ends with 1, with the backup made, when the site itself lacks files that its database names.
            """,
        options: [copies, .json]
    ) { invocation in
        let path = try BackupPlace.make(invocation.operands[0], for: invocation.data)
        let site = try invocation.site()
        try BackupPlace.check(path, for: invocation.data)
        ThisProcess.closeNewFiles(to: 0o077)
        let bars = ProgressBars()
        let report = try SiteBackup(site, into: path, copies: invocation.has(copies), progress: bars.show).run()
        bars.end()
        if invocation.wantsJSON {
            Output.json([
                "backup": .string(path), "number": JSONValue(report.number), "files": JSONValue(report.files), "bytes": JSONValue(report.bytes),
                "linked": JSONValue(report.linked), "copied": JSONValue(report.copied), "kept": JSONValue(report.kept),
                "removed": JSONValue(report.removed), "missing": JSONValue(texts: report.missing), "passed_over": JSONValue(texts: report.passedOver),
            ])
        } else {
            Output.line("backup \(report.number) in \(path): \(report.files) files (\(report.bytes) bytes), \(report.linked) linked, "
                + "\(report.copied) copied, \(report.kept) as before, \(report.removed) removed")
        }
        Findings.tell("passed over, because they are links, have no usable name, or cannot be read", report.passedOver)
        guard !report.missing.isEmpty else { return }
        Findings.tell("named by the database and not there, or not to be read", report.missing)
        throw CommandFailure(.failed, "the backup is made, but the site itself lacks \(report.missing.count) files: see imagebed verify")
    }

    static let restore = Command(
        "restore DIR", "Make a site out of a backup, in an empty data folder.",
        details: """
            Stop the site before, and move its data folder away. Files are copied, so that the backup stays as it is. Run as root, a data
            folder that is missing is made for the user to whom the backup belongs. The pictures of a site that was taken over come into the data folder itself, not where the old site was.
            At the end rows and files are compared, as imagebed verify does. Run imagebed setup or install.sh afterwards.
            """,
        options: [.json]
    ) { invocation in
        let (data, path) = (invocation.data, invocation.operands[0])
        try BackupPlace.makeData(data, from: path)
        if let refusal = FileSystem.refusal(of: [.read, .enter], at: path) {
            throw CommandFailure(.failed, "\(path): \(refusal.reason)" + (refusal.isForbidden ? BackupPlace.readAdvice(path) : ""))
        }
        let bars = ProgressBars()
        ThisProcess.closeNewFiles(to: 0o022)
        let restore = try SiteRestore(path, into: data, progress: bars.show)
        try restore.run()
        let (site, _) = try bringUpToDate(data)
        try Administration(site).writeWebValues()
        let report = try SiteCheck(site, strayAge: 0, progress: bars.show).run()
        bars.end()
        if invocation.wantsJSON {
            Output.json(report.json)
        } else {
            Output.line("restored \(restore.files - restore.lost.count) files into \(data.path)")
            Output.line(report.text)
        }
        Findings.tell("missing in the backup, or of another size there", restore.lost)
        try report.tell()
        guard restore.lost.isEmpty else { throw CommandFailure(.failed, "the site is restored, but its backup was not whole") }
    }

    static let verify = Command(
        "verify", "Compare the rows of the database with the files, both ways.",
        details: """
            Ends with 1 when a file is missing, has another size than its row says, or is known to no row (an hour after it came; files that
            no row knows are usual in the tree of a site that was taken over). Nothing is changed. The site may go on working.
            """,
        options: [hashes, .json]
    ) { invocation in
        let site = try invocation.site()
        let bars = ProgressBars()
        let report = try SiteCheck(site, readsContents: invocation.has(hashes), progress: bars.show).run()
        bars.end()
        if invocation.wantsJSON { Output.json(report.json) } else { Output.line(report.text) }
        try report.tell()
    }
}

extension CheckReport {
    fileprivate var json: JSONValue {
        ["rows": JSONValue(rows), "files": JSONValue(files), "missing": JSONValue(texts: missing), "damaged": JSONValue(texts: damaged),
         "unknown": JSONValue(texts: unknown)]
    }

    fileprivate var text: String {
        "\(rows) rows and \(files) files: \(missing.count) missing, \(damaged.count) damaged, \(unknown.count) without a row"
    }

    /// - Throws: `CommandFailure`, `.failed`, if anything does not match.
    fileprivate func tell() throws {
        Findings.tell("named by the database and not there, or not to be read", missing)
        Findings.tell("not what their row says", damaged)
        Findings.tell("known to no row (imagebed gc puts those with names such as uploads give into the recycle bin)", unknown)
        guard !isWhole else { return }
        throw CommandFailure(.failed, "rows and files do not match: missing files have to come from a backup, or their pictures be deleted")
    }
}

private enum Findings {
    private static let limit = 20

    static func tell(_ what: String, _ names: [String]) {
        guard !names.isEmpty else { return }
        Output.remark("\(names.count) \(what):")
        for name in names.prefix(limit) { Output.remark("  \(name)") }
        if names.count > limit { Output.remark("  and \(names.count - limit) more") }
    }
}

extension JSONValue {
    fileprivate init(texts: [String]) { self = .array(texts.map { .string($0) }) }
}

/// Shows one progress bar for each step.
private final class ProgressBars {
    private var bar: (part: BackupProgress.Part, bar: ProgressBar)?

    func show(_ progress: BackupProgress) {
        if bar?.part != progress.part {
            end()
            bar = (progress.part, ProgressBar(of: progress.part.rawValue))
        }
        bar?.bar.show(progress.done, of: progress.total)
    }

    func end() {
        bar?.bar.end()
        bar = nil
    }
}
