// `imagebed follow`: what other nodes removed or changed is removed and changed on this one too. A unit runs it for as long as the machine is up,
// cron once a minute.

import Administration
import Database
import Disk
import Process
import Site
import Time

private let once = Option("--once", nil, "do what there is to do now, and end (cron)")

extension Command {
    static let followNodes = Command(
        "follow", "Do on this node what others of the same site have done.",
        details: """
            Only for a site whose database is on a server (cluster.conf). Looks each second what other nodes have removed or replaced, whose
            thumbnails have to go here too, and whether settings are other ones, by which the web server of this node works then. A node that
            was away for less than a week goes on where it was; one that was away for longer, or is new, removes all its thumbnails: they are
            made again when somebody asks for them. On a site that has one machine it ends at once.
            """,
        options: [once], comesByItself: true
    ) { invocation in
        let site = try invocation.site()
        guard let node = try site.node else {
            if invocation.has(once) { return }
            return Output.line("\(site.data.path) has no cluster.conf that names a database: this machine is alone")
        }
        guard let turn = try Folder(site.data.run).lock("follow", waits: false) else {
            if invocation.has(once) { return }
            throw CommandFailure(.failed, "another imagebed follow is at work on this machine")
        }
        try withExtendedLifetime(turn) {
            let follower = Follower(site)
            if invocation.has(once) { return try follower.look() }
            Output.remark("imagebed follow: this node is \(node)")
            try follower.stay()
        }
    }
}

/// Follows the other nodes.
private final class Follower {
    /// Microseconds between two looks, and seconds between two notes that this node is there.
    private static let interval = 1_000_000, notice = 60.0

    private let site: Site
    private var noted = -Follower.notice
    /// What is known to fail, so that it is told once.
    private var failure: String?

    init(_ site: Site) { self.site = site }

    /// Until this program was replaced.
    ///
    /// - Throws: `OtherSchema` where the database was migrated.
    func stay() throws {
        while !Site.isProgramReplaced {
            do {
                guard try site.hasKnownSchema() else { return try site.database.requireSchema(SiteSchema.known) }
                try look()
                if failure != nil { Output.remark("imagebed follow: it goes on") }
                failure = nil
            } catch let error as OtherSchema { throw error } catch { tell("\(error)") }
            Time.pause(microseconds: Follower.interval)
        }
    }

    func look() throws {
        let moment = Now.monotonicSeconds, isNoted = moment - noted >= Follower.notice
        let report = try site.follow(isNoted: isNoted) { try Administration(site).writeWebValues() }
        if isNoted { noted = moment }
        guard let report, report.clearedThumbnails > 0 else { return }
        Output.remark("imagebed follow: \(report.clearedThumbnails) thumbnails were removed, because this node is new or was away for long")
    }

    private func tell(_ what: String) {
        if failure != what { Output.remark("imagebed follow: \(what)", .warning) }
        failure = what
    }
}
