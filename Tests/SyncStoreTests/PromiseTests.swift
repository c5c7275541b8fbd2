// The promise of docs/json-sync.md, held by random histories (History.swift).

import Glibc
import SiteTestSupport
import Testing

/// Conflict paths out of their JSON.
enum ConflictReader {
    static func paths(_ json: String) -> [String] {
        json.split(separator: "{\"path\":\"", omittingEmptySubsequences: true).compactMap { piece in
            piece.first == "[" ? nil : String(piece.prefix { $0 != "\"" })
        }
    }

    /// Whether a row that names `path` speaks of `place`; elements of a set are spoken of by the array.
    static func names(_ path: String, _ place: String) -> Bool {
        path.isEmpty || place == path || place.hasPrefix(path + "/") || path.hasPrefix(place + "/")
            || path.hasPrefix("/set") && place.hasPrefix("/set")
    }
}

@Suite struct PromiseTests {
    /// Histories of each habit; IMAGEBED_HISTORIES sets another number.
    private static let count = getenv("IMAGEBED_HISTORIES").flatMap { Int(String(cString: $0)) } ?? 2_400 / Habit.allCases.count

    @Test(arguments: Habit.allCases) func holdsInRandomHistories(_ habit: Habit) throws {
        // On a server each call is another node's than the one before.
        let fixture = try Fixture(processes: TestDatabase.engine == .sqlite ? 1 : 2)
        var failures: [String] = [], conflicts = 0
        for seed in 1...PromiseTests.count {
            let history = History(fixture, seed: seed, habit: habit)
            try history.play()
            failures += history.failures
            conflicts += history.conflicts
        }
        #expect(failures.isEmpty, "\(failures.count) failures, the first: \(failures.first ?? "")")
        #expect(conflicts > PromiseTests.count / 4, "too little happened to mean anything")
        #expect(try fixture.databases.isSound())
    }
}
