// What all processes of a site count while they serve. No request waits for it: there is neither a row nor a system call for a number.

import Disk
import Paths
import PictureWorker
import SyncStore

/// The counters of a site. They begin anew with a version of the program that counts other things.
public final class SiteCounters {
    private let run: String
    private var opened: SharedCounters?

    /// Opens nothing before the first number.
    ///
    /// - Parameter run: the site's folder for such files, which may not exist yet.
    public init(run: String) { self.run = run }

    /// nil while there is no such folder, or no room in it: then nothing is counted, and everything else goes on.
    private var counters: SharedCounters? {
        if opened == nil { opened = try? SharedCounters(CounterLayout.fileName, count: CounterLayout.count, in: Folder(run)) }
        return opened
    }

    /// Counts an answer.
    ///
    /// - Parameters:
    ///   - path: as in `Path`; others are not counted.
    ///   - microseconds: that it took the process.
    public func count(requestTo path: String, status: Int, microseconds: Int) {
        guard let counters, let row = CounterLayout.row(of: path) else { return }
        let time = max(0, microseconds)
        counters.add(1, to: CounterLayout.number(in: row, status: status))
        counters.add(1, to: CounterLayout.number(in: row, microseconds: time))
        counters.add(time, to: CounterLayout.numberOfSum(in: row))
    }

    /// Counts what the picture worker tells.
    public func count(_ event: PictureEvent) {
        switch event {
        case .ended(let outcome): counters?.add(1, to: CounterLayout.number(outcome))
        case .waited(let microseconds): counters?.add(max(0, microseconds), to: CounterLayout.waited)
        }
    }

    /// Counts a push.
    public func count(_ result: PushResult) { counters?.add(1, to: CounterLayout.number(result)) }

    /// Counts a request that a limit of use refused.
    public func count(refusalBy limit: FairUseLimit) { counters?.add(1, to: CounterLayout.number(limit)) }

    /// Removes the files of other versions of the program.
    public func removeFormer() throws {
        let folder = try Folder(run)
        for name in try folder.entries() where name.hasPrefix(CounterLayout.namePrefix) && name != CounterLayout.fileName {
            try folder.remove(name)
        }
    }
}

/// The answers of one path.
public struct RequestCounts: Sendable {
    public let path: Path
    /// Those that were ever answered; nil stands for all that are not listed.
    public let statuses: [(status: Int?, count: Int)]
    /// Answers by the time that they took: a number for each of `durationBounds`, and one for what took longer.
    public let durations: [Int]
    /// What all of them took together.
    public let microseconds: Int

    /// In microseconds, each included.
    public static var durationBounds: [Int] { CounterLayout.bounds }
}

extension SiteCounters {
    /// The paths that were ever asked for.
    public var requests: [RequestCounts] { counters.map { counters in Path.allCases.compactMap { SiteCounters.counts(of: $0, counters) } } ?? [] }

    private static func counts(of path: Path, _ counters: SharedCounters) -> RequestCounts? {
        guard let row = CounterLayout.row(of: path.text) else { return nil }
        let listed: [Int?] = CounterLayout.statuses + [nil]
        let statuses = listed.map { status -> (status: Int?, count: Int) in
            (status, counters[CounterLayout.number(in: row, status: status)])
        }.filter { $0.count > 0 }
        guard !statuses.isEmpty else { return nil }
        return RequestCounts(path: path, statuses: statuses, durations: CounterLayout.numbersOfDurations(in: row).map { counters[$0] },
                             microseconds: counters[CounterLayout.numberOfSum(in: row)])
    }

    /// Jobs of the picture worker by outcome, each of them.
    public var pictures: [(outcome: PictureOutcome, count: Int)] {
        PictureOutcome.allCases.map { ($0, counters?[CounterLayout.number($0)] ?? 0) }
    }

    /// What jobs waited for their slots together, in microseconds.
    public var waited: Int { counters?[CounterLayout.waited] ?? 0 }

    /// Requests that limits of use refused, of each limit.
    public var refusals: [(limit: FairUseLimit, count: Int)] { FairUseLimit.allCases.map { ($0, counters?[CounterLayout.number($0)] ?? 0) } }

    /// Pushes by what became of them, each of them.
    public var pushes: [(result: PushResult, count: Int)] { PushResult.allCases.map { ($0, counters?[CounterLayout.number($0)] ?? 0) } }
}
