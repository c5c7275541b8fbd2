// Limits for what one address, key or account asks of the site. They are kept by the responders and not by the web server: that one does not
// know keys and accounts, Apache has no such limit at all, and what costs something (a file that is taken, a thumbnail that is not kept yet)
// shows only here.

import Crypto
import Disk
import Settings
import Time

/// Counts what addresses, keys and accounts take, for all processes of the site together.
public final class FairUse {
    private let run: String
    private let secret: [UInt8]
    private let counters: SiteCounters
    private let now: () -> Int
    private var opened: RateTable?

    private static let lockFile = "turns"
    /// Bytes of the lock file for each subject: the highest number of turns.
    private static let mostTurns = 128
    /// Seconds after which who found no turn may try again; another request is hardly at work longer.
    private static let pauseForTurn = 2
    private static let onceAMinute = RateLimit(count: 1, window: 60_000)

    /// - Parameters:
    ///   - run: the site's folder for such files, which may not exist yet.
    ///   - secret: makes the places of subjects unknown, and the file useless to who reads it.
    ///   - now: milliseconds of a clock that all processes share and nobody sets.
    init(run: String, secret: [UInt8], counters: SiteCounters, now: @escaping () -> Int = { Now.monotonicMicroseconds / 1000 }) {
        (self.run, self.secret, self.counters, self.now) = (run, secret, counters, now)
    }

    /// nil while there is no such folder, or no room in it: then nothing is limited, and everything goes on.
    private var table: RateTable? {
        if opened == nil { opened = try? RateTable(in: Folder(run)) }
        return opened
    }

    /// Takes one of what a limit allows.
    ///
    /// - Parameter isTrial: whether it is only looked at.
    /// - Throws: `LimitReached`.
    func take(_ limit: FairUseLimit, _ subject: FairUseSubject, _ limits: LimitSettings, isTrial: Bool = false) throws {
        let value = limit.value(in: limits)
        guard value > 0, let table else { return }
        let wait = table.take(hash(limit, subject, "\(value)"), RateLimit(count: value, window: limit.window), at: now(),
                              isTrial: isTrial)
        guard wait == 0 else { throw refusal(limit, subject, value, seconds: (wait + 999) / 1000) }
    }

    /// Takes a turn among the uploads that are at work at once. The kernel ends it with the process, whatever becomes of that.
    ///
    /// - Returns: what holds the turn; nil where there is no limit.
    /// - Throws: `LimitReached`.
    func turn(_ limit: FairUseLimit, _ subject: FairUseSubject, _ limits: LimitSettings) throws -> ByteLock? {
        let value = limit.value(in: limits)
        guard value > 0, let folder = try? Folder(run) else { return nil }
        let first = Int(hash(limit, subject) >> 24) * FairUse.mostTurns
        for number in 0..<min(value, FairUse.mostTurns) {
            if let turn = try folder.lock(FairUse.lockFile, byteAt: first + number) { return turn }
        }
        throw refusal(limit, subject, value, seconds: FairUse.pauseForTurn)
    }

    private func refusal(_ limit: FairUseLimit, _ subject: FairUseSubject, _ value: Int, seconds: Int) -> LimitReached {
        counters.count(refusalBy: limit)
        let isNews = table.map { $0.take(hash(limit, subject, "log"), FairUse.onceAMinute, at: now()) == 0 } ?? true
        return LimitReached(limit: limit, value: value, seconds: seconds, because: isNews
            ? "\(subject) has reached the setting \(limit.rawValue) (\(value)); further refusals within a minute are not logged" : nil)
    }

    /// - Parameter use: a bucket that is filled otherwise is another one, so that a changed setting counts at once and for all.
    private func hash(_ limit: FairUseLimit, _ subject: FairUseSubject, _ use: String = "") -> UInt64 {
        HMACSHA256.authenticate(Array("\(use) \(limit.rawValue) \(subject)".utf8), key: secret).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
