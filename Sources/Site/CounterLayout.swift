// Which number of the shared counters stands for what.

import Crypto
import Paths
import PictureWorker
import SyncStore
import Text

/// The counters of a site: a row for each path, then what is counted beside requests.
enum CounterLayout {
    /// Those that responders answer; others are counted together.
    static let statuses = [200, 201, 204, 206, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 416, 422, 423, 429, 460,
                           500, 503, 507]
    /// The upper bounds of the classes of durations, in microseconds; what takes longer is in one more.
    static let bounds = [5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000]

    // A row: a number for each status and for other ones, one for each class of durations, and the sum of the durations in microseconds.
    private static let durations = statuses.count + 1
    private static let sum = durations + bounds.count + 1
    private static let rowLength = sum + 1
    private static let rows = Dictionary(uniqueKeysWithValues: Path.allCases.enumerated().map { ($0.element.text, $0.offset * rowLength) })

    /// The start of a path's row; nil for what is no path of the site.
    static func row(of path: String) -> Int? { rows[path] }

    /// - Parameter status: nil for those that are not listed.
    static func number(in row: Int, status: Int?) -> Int { row + (status.flatMap { statuses.firstIndex(of: $0) } ?? statuses.count) }

    static func number(in row: Int, microseconds: Int) -> Int {
        row + durations + (bounds.firstIndex { microseconds <= $0 } ?? bounds.count)
    }

    static func numbersOfDurations(in row: Int) -> Range<Int> { row + durations..<row + sum }

    static func numberOfSum(in row: Int) -> Int { row + sum }

    // Beside requests
    private static let pictures = Path.allCases.count * rowLength
    static let waited = pictures + PictureOutcome.allCases.count
    private static let pushes = waited + 1
    private static let refusals = pushes + PushResult.allCases.count
    static let count = refusals + FairUseLimit.allCases.count

    static func number(_ outcome: PictureOutcome) -> Int { pictures + place(of: outcome) }
    static func number(_ result: PushResult) -> Int { pushes + place(of: result) }
    static func number(_ limit: FairUseLimit) -> Int { refusals + place(of: limit) }

    private static func place<Case: CaseIterable & Equatable>(of value: Case) -> Int { Case.allCases.prefix { $0 != value }.count }

    /// Names begin so, and go on with a digest of the layout: another version of the program, which may run at the same time during an
    /// upgrade, has another file.
    static let namePrefix = "counters-"
    static let fileName = namePrefix + Hexadecimal.encode(Array(SHA256.hash(Array(description.utf8)).prefix(6)))

    private static var description: String {
        (Path.allCases.map(\.text) + statuses.map(String.init) + bounds.map(String.init) + PictureOutcome.allCases.map(\.rawValue)
            + PushResult.allCases.map(\.rawValue) + FairUseLimit.allCases.map(\.rawValue)).joined(separator: "\n")
    }
}
