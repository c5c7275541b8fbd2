// `imagebed expire`: removes what has expired. A timer runs it every minute, and then it says nothing where nothing was due.

import JSONText
import MediaStore
import Settings
import Site
import Time

private let unattended = Option("--unattended", nil, "say nothing when nothing was due, and look every ten minutes only at what retention keeps (units, cron)")

extension Command {
    static let expire = Command(
        "expire", "Remove the files whose time is over, and visitors' uploads beyond retention.",
        details: """
            A timer or cron runs it every minute. What expires was uploaded with an end (the field expires); it is removed for good, with its
            thumbnails, and not put into the recycle bin. Only where the last run was more than \(MediaStore.longestPauseOfSweeps / 86_400) days ago, so that the clock
            may be wrong, it goes to the recycle bin, for a day. Uploads without an account that are beyond the settings
            anonymous_retention_days, _files and _bytes go too, the oldest first: into the recycle bin, or for good where the setting
            recycle is off.
            """,
        options: [unattended, .json], comesByItself: true
    ) { invocation in
        let site = try invocation.siteToChange()
        guard let turn = try site.turn(at: .expire, says: !invocation.has(unattended)) else {
            if invocation.wantsJSON { Output.json(json()) }
            return
        }
        defer { turn.end() }
        let last = try site.lastEnd(of: .expire)
        let report = try site.store.working(turn.keep) {
            var report = try site.store.removeExpired(lastSweep: last)
            // (By a clock that is wrong everything could be old.)
            if !report.isClockInDoubt { try site.retain(isDue: !invocation.has(unattended), &report) }
            return report
        }
        if report.isAnythingDone || !invocation.has(unattended) || isOld(last) { try site.noteEnd(of: .expire) }
        for problem in report.problems { Output.remark("imagebed expire: " + problem, .error) }
        if invocation.wantsJSON {
            Output.json(json(removed: report.removed, recycled: report.recycled, retired: report.retired, clockJump: report.clockJump, failures: report.failures))
        } else if report.isAnythingDone || !invocation.has(unattended) {
            Output.line(report.summary)
            if Output.leadsNowhere { Output.remark("imagebed expire: " + report.summary) }
        }
        if !report.problems.isEmpty { throw CommandFailure(.failed, "") }
    }
}

/// Of a run that did nothing, unless said otherwise.
private func json(removed: Int = 0, recycled: Int = 0, retired: Int = 0, clockJump: Int? = nil, failures: [String] = []) -> JSONValue {
    ["removed": JSONValue(removed), "recycled": JSONValue(recycled), "retired": JSONValue(retired), "clock_jump": JSONValue(clockJump),
     "failures": .array(failures.map { .string($0) })]
}

/// A disk need not be woken each minute to note that there was nothing to do.
private func isOld(_ last: Int?) -> Bool { last.map { !($0..<$0 + 240).contains(Now.seconds) } ?? true }

extension Site {
    fileprivate func retain(isDue: Bool, _ report: inout ExpiryReport) throws {
        let settings = try settings, limits = settings.anonymousRetention
        report.attempt { report in
            report.retired = try store.retain(Retention(days: limits.days, files: limits.files, bytes: limits.bytes, recycles: settings.recycles), isDue: isDue)
        }
    }
}

extension ExpiryReport {
    fileprivate var isAnythingDone: Bool { removed + recycled + retired > 0 }

    fileprivate var summary: String {
        "\(removed) files that had expired were removed"
            + (recycled > 0 ? "; \(recycled) went to the recycle bin, because the clock may be wrong" : "")
            + (retired > 0 ? "; \(retired) uploads without an account were beyond the limits of retention" : "")
    }

    /// What the operator has to look at.
    fileprivate var problems: [String] {
        guard let clockJump, recycled > 0 else { return failures }
        return failures + ["the clock is \(clockJump / 86_400) days after the last run: is it right? \(recycled) files that have expired since went to "
            + "the recycle bin; imagebed file list --recycled shows them"]
    }
}
