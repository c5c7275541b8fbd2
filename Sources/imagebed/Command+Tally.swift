// `imagebed tally`: counts views from the web server's access log, because the web server sends files without involving a program.

import Disk
import JSONText
import Settings
import Site
import Takeover

extension Command {
    static let tally = Command(
        "tally", "Count the views that the web server has logged since the last time.",
        details: "A timer or cron runs it every five minutes: only what is new in the log is read, and a log over 16 MB is rotated (see imagebed rotate). "
            + "At most 64 MB of each file are read in one run; the next run continues there. On a site that replaced EasyImages, the copies of "
            + "static files from the old root are brought up to date too.",
        options: [.json], comesByItself: true
    ) { invocation in
        // An installed site's log belongs to root; a log in the data folder belongs to the site's own user.
        var isEmptied = false
        if invocation.data.viewLog != invocation.data.ownViewLog {
            isEmptied = try ViewLogFolder(ViewLogFolder.path(of: invocation.data))?.rotate(for: invocation.data) ?? false
        }
        let site = try invocation.siteToChange()
        guard let lock = try Folder(site.data.run).lock("tally", waits: false) else {
            return Output.remark("another imagebed tally is counting")
        }
        let report = try withExtendedLifetime(lock) {
            if try ViewLogFolder(ViewLogFolder.path(of: site.data))?.rotate(for: site.data) == true { isEmptied = true }
            return try ViewLog(site, places: placesOfFiles(site.settings)).read()
        }
        // (Views are counted whatever becomes of these.)
        do { try RootFiles.follow(site.data) } catch {
            Output.remark("imagebed tally: files of the replaced site's root could not be copied: \(error)", .warning)
        }
        try site.derive(for: 60)
        try site.noteEnd(of: .tally)
        for remark in report.remarks { Output.remark("imagebed tally: " + remark, .warning) }
        if invocation.wantsJSON {
            return Output.json([
                "lines": JSONValue(report.lines), "views": JSONValue(report.views), "emptied": .bool(isEmptied),
            ])
        }
        Output.line("\(report.lines) lines, \(report.views) views" + (isEmptied ? ", log begun anew" : ""))
    }
}

/// The URL paths of files; a reverse proxy may have removed the site's path prefix.
private func placesOfFiles(_ settings: Settings) -> [String] {
    [settings.baseURL.pathPrefix, ""].flatMap { prefix in
        [settings.naming.uploadsPath, Links.ownUploads].map { prefix + $0 }
    }
}
