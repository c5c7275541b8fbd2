// The sweep, which removes what has expired. It deletes like everybody else (row first, so that a crash leaves an unfinished deletion), and
// for good: who gave a file an end wants it gone, and so does any other deletion of a file whose time is over, whatever it was told. Only where
// the clock seems to have jumped the files go to the recycle bin, so that their addresses end and nothing is lost. Bytes that were put into
// the bin before their time was over go when it is.

import Database
import Disk
import Events
import Media
import Time

/// What a sweep did.
public struct ExpiryReport: Sendable {
    /// Files that were removed for good, and those that went to the recycle bin because the clock is in doubt.
    public internal(set) var removed = 0
    public internal(set) var recycled = 0
    /// Uploads without an account that went because of the limits of retention.
    public var retired = 0
    /// Seconds by which the clock differs from what is plausible after the last sweep; nil if it does not.
    public internal(set) var clockJump: Int?
    /// Whether that was so within the last day.
    public internal(set) var isClockInDoubt = false
    /// Errors, one a line.
    public internal(set) var failures: [String] = []

    /// Runs a step, and records its error.
    public mutating func attempt(_ step: (inout ExpiryReport) throws -> Void) {
        do { try step(&self) } catch { failures.append("\(error)") }
    }
}

extension MediaStore {
    /// Seconds between two sweeps that are plausible: a server may have been off for some days.
    public static let longestPauseOfSweeps = 7 * 86_400
    private static let sweptAtOnce = 200
    /// The name in the table `counter`: until when the clock is in doubt, in seconds since 1970.
    static let clockDoubtedUntil = "clock_doubted_until"

    /// Removes the files whose time is over.
    ///
    /// - Parameters:
    ///   - last: when the last sweep ended, in seconds since 1970; nil for never.
    ///   - now: likewise.
    /// - Throws: `DatabaseError`. Errors of the file system are in the report; what they hold up goes on with the next sweep.
    public func removeExpired(lastSweep last: Int?, now: Int = Now.seconds) throws -> ExpiryReport {
        var report = ExpiryReport()
        try settleClock(now, last, &report)
        try removeDue(now, &report)
        if !report.isClockInDoubt { report.attempt { try removeDueInBin(now, &$0) } }
        if let failures = UnfinishedDeletion.summary(try finishDeletions(waits: false)) { report.failures.append(failures) }
        return report
    }

    /// The number of files whose time was over by a moment and that are still there, and the path of one of them.
    public func overdue(at moment: Int) throws -> (count: Int, first: String?) { try ExpiryRows(database: database).overdue(at: moment) }

    private func settleClock(_ now: Int, _ last: Int?, _ report: inout ExpiryReport) throws {
        let passed = now - (last ?? now)
        if passed > MediaStore.longestPauseOfSweeps {
            report.clockJump = passed
            try counters.set(MediaStore.clockDoubtedUntil, to: now + MediaStore.doubt)
        }
        report.isClockInDoubt = try isClockInDoubt(at: now)
    }

    private func isClockInDoubt(at now: Int) throws -> Bool {
        try counters.value(MediaStore.clockDoubtedUntil).map { ($0 - MediaStore.doubt..<$0).contains(now) } ?? false
    }

    /// What ended by this moment (seconds since 1970) is deleted for good, even if it is to be recycled: nothing while the clock is in doubt.
    func certainEnd(_ now: Int) throws -> Int { try isClockInDoubt(at: now) ? .min : now }

    /// Seconds for which a clock is in doubt after it jumped.
    private static let doubt = 86_400

    private func removeDue(_ now: Int, _ report: inout ExpiryReport) throws {
        let (dueRows, recycles) = (ExpiryRows(database: database), report.isClockInDoubt)
        var place = (end: Int.min, id: 0)
        while true {
            try beforeStep()
            let due = try dueRows.due(at: now, after: place, atMost: MediaStore.sweptAtOnce)
            guard let end = due.last.flatMap({ last in last.expiresAt.map { (end: $0, id: last.id) } }) else { return }
            place = end
            // (What fails is an unfinished deletion, which `finishDeletions` tries again and tells.)
            let done = try delete(due.map(\.id), recycles: recycles, as: .expired).done.count
            if recycles { report.recycled += done } else { report.removed += done }
        }
    }

    private func removeDueInBin(_ now: Int, _ report: inout ExpiryReport) throws {
        for file in try ExpiryRows(database: database).dueInBin(at: now, atMost: MediaStore.sweptAtOnce) {
            try beforeStep()
            if let name = file.name { _ = try removeRecycled(name) }
            try rows.removeRecycled(file.id)
            report.removed += 1
        }
    }
}
