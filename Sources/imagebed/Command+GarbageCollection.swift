// `imagebed gc`: garbage collection. A timer runs it daily; running it at any other time is safe. Its report goes to standard error if
// standard output is discarded, so that it gets into a log.

import Events
import JSONText
import MediaStore
import Settings
import Site
import Text
import Time

private let recycleDays = Option("--recycle-days", "N", "instead of the setting recycle_days; 0 empties the recycle bin now")
private let yes = Option("--yes", nil, "also where very many files are unknown to the database, or the clock seems to be wrong")

extension Command {
    static let collectGarbage = Command(
        "gc", "Empty the recycle bin of what is old enough, and clear away what crashes left.",
        details: """
            Run it once a day. Files that the database does not know go to the recycle bin first, never away at once. Where they are more
            than \(MediaStore.fewStrays) and more than a hundredth of all, the database is probably an old copy: they stay, and it says so.
            Thumbnails go as far as thumbnail_cache_bytes asks for, and all of them where less is free than minimum_free_bytes.
            """,
        options: [recycleDays, yes, .json], comesByItself: true
    ) { invocation in
        let chosen = try invocation.value(recycleDays).map(days)
        let site = try invocation.siteToChange()
        let settings = try site.settings
        let rules = GarbageRules(recycleDays: chosen ?? settings.recycleDays, ownsTree: site.data.ownsFiles, isConfirmed: invocation.has(yes))
        // First, because on a full disk the following steps need the space.
        let trimming = Result { try site.thumbnails.trim(to: try hasRoom(site, settings) ? settings.thumbnailCacheBytes : 0) }
        let turn = try site.turn(at: .gc, says: true)
        defer { turn?.end() }
        var files = try turn.map { turn in try site.store.working(turn.keep) { try site.store.collectGarbage(rules) } } ?? GarbageReport()
        var thumbnails = 0
        if let turn { try collectShared(site, settings, turn, &files) }
        files.attempt { _ in try site.pieces.sweep() }
        files.attempt { _ in thumbnails = try trimming.get() }
        files.attempt { _ in try site.counters.removeFormer() }
        if turn != nil { files.attempt { _ in try site.noteEnd(of: .gc) } }
        let summary = files.summary(thumbnails: thumbnails)
        if invocation.wantsJSON {
            Output.json(files.json(thumbnails: thumbnails))
        } else {
            summary.forEach { Output.line($0) }
        }
        if Output.leadsNowhere { Output.remark("imagebed gc: " + summary.joined(separator: "; ")) }
        for problem in files.problems { Output.remark("imagebed gc: " + problem, .error) }
        if !files.problems.isEmpty { throw CommandFailure(.failed, "") }
    }
}

/// What is in the database, and of all nodes.
///
/// - Throws: `TurnLost`.
private func collectShared(_ site: Site, _ settings: Settings, _ turn: Lease, _ files: inout GarbageReport) throws {
    try turn.keep()
    files.attempt { try site.sync.collectGarbage(clockJump: $0.clockJump) }
    try turn.keep()
    files.attempt { $0.drafts += try site.resumable.collectGarbage() }
    // By a clock that is wrong everything could be old.
    if files.clockJump == nil { files.attempt { _ in try site.accounts.forgetSignIns(before: Now.seconds - settings.senders.signInDays * 86_400) } }
    try turn.keep()
    files.attempt { _ in try site.store.mergeNames() }
    try turn.keep()
    files.attempt { _ in try site.tidyNodes() }
    // (Where nobody delivers, nobody else does that.)
    files.attempt { report in
        let delivery = EventDelivery(database: site.database)
        try delivery.follow(ReceiverFolder.chosen().look().receivers, adds: false)
        if report.clockJump == nil { try delivery.tidy() }
    }
}

/// Whether thumbnails may stay. They are removed first when space is short, because they can be generated again.
private func hasRoom(_ site: Site, _ settings: Settings) throws -> Bool {
    try site.uploads.freeBytes() >= settings.leastFreeBytes
}

private func days(_ text: String) throws -> Int {
    guard let days = Int(text, in: 0...3650) else {
        throw CommandFailure(.usage, "\(recycleDays.name) is a whole number from 0 to 3650")
    }
    return days
}

extension GarbageReport {
    fileprivate func json(thumbnails: Int) -> JSONValue {
        [
            "removed": JSONValue(removed), "freed_bytes": JSONValue(freedBytes), "strays": JSONValue(strays), "drafts": JSONValue(drafts),
            "thumbnails": JSONValue(thumbnails), "held_strays": JSONValue(heldStrays), "held_recycled": JSONValue(heldRecycled),
            "clock_jump": JSONValue(clockJump), "failures": .array(failures.map { .string($0) }),
        ]
    }

    fileprivate func summary(thumbnails: Int) -> [String] {
        [
            "\(removed) files left the recycle bin (\(freedBytes) bytes)",
            "\(strays) files that the database does not know went to the recycle bin",
            "\(drafts) unfinished uploads and \(thumbnails) thumbnails were removed",
        ]
    }

    /// What the operator has to look at, with remedies.
    fileprivate var problems: [String] {
        var found = failures
        if heldStrays > 0 {
            found.append("\(heldStrays) files among the uploads are unknown to the database; nothing was moved. If the database was restored "
                + "from an old backup, restore a newer one; if they are to go to the recycle bin, run imagebed gc --yes")
        }
        if heldRecycled > 0 {
            found.append("\(heldRecycled) files in the recycle bin that the database does not know are due; none of them was removed. If they "
                + "are to go for good, run imagebed gc --yes")
        }
        if let clockJump {
            found.append("the clock is \(abs(clockJump) / 86_400) days \(clockJump > 0 ? "after" : "before") the last run: is it right? The "
                + "files in the recycle bin stay as long as if no time had passed")
        }
        return found
    }
}
