// What two versions have different, as people read it.

import JSONText
import Testing

@testable import SyncRules

struct DifferenceTests {
    /// "path: before → after" for each place; "-" where there is no value.
    private func changes(_ before: String, _ after: String, atMost limit: Int = 100) throws -> [String] {
        var found: [String] = []
        func text(_ slice: TextSlice?) -> String { slice.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "-" }
        nonisolated(unsafe) var collected: [String] = []
        try Difference.each(from: HeldText(before.utf8), to: HeldText(after.utf8)) { change in
            collected.append("\(change.path): \(text(change.before)) → \(text(change.after))")
            return collected.count < limit
        }
        found = collected
        return found
    }

    @Test("Places", arguments: [
        ("1", "2", [": 1 → 2"]),
        ("{}", "[]", [": {} → []"]),
        (#"{"a":1,"b":{"c":true,"d":null}}"#, #"{"b":{"c":false,"e":[]},"a":1}"#, ["/b/c: true → false", "/b/d: null → -", "/b/e: - → []"]),
        (#"{"a/b":1,"m~n":1,"":1}"#, #"{"a/b":2,"m~n":2,"":2}"#, ["/a~1b: 1 → 2", "/m~0n: 1 → 2", "/: 1 → 2"]),
        (#"{"\u0061":1}"#, #"{"a":2}"#, ["/a: 1 → 2"]),
        ("[1,2,3]", "[1,3]", ["/1: 2 → -"]),
        ("[1,3]", "[0,1,3,4]", ["/0: - → 0", "/3: - → 4"]),
        ("[[1],[2],[3]]", "[[1],[9],[3],[4]]", ["/1/0: 2 → 9", "/3: - → [4]"]),
        ("[1,2]", "[2,1]", ["/0: 1 → -", "/1: - → 1"]),
        (#"[{"id":1,"v":1},{"id":2,"v":2}]"#, #"[{"id":2,"v":3},{"id":3,"v":4}]"#, ["/0: {\"id\":1,\"v\":1} → -", "/0/v: 2 → 3", "/1: - → {\"id\":3,\"v\":4}"]),
        (#"[{"id":1},{"id":2}]"#, #"[{"id":2},{"id":1}]"#, [#": [{"id":1},{"id":2}] → [{"id":2},{"id":1}]"#]),
    ])
    func places(_ before: String, _ after: String, _ expected: [String]) throws {
        #expect(try changes(before, after) == expected)
    }

    @Test func aLongPathIsCut() throws {
        nonisolated(unsafe) var paths: [String] = []
        try Difference.each(from: HeldText(#"{"假假假假":1}"#.utf8), to: HeldText(#"{"假假假假":2}"#.utf8)) { change in
            paths = [change.cut(to: 3).path, change.cut(to: 9).path]
            return true
        }
        #expect(paths == ["/假假", "/假假假假"])
    }

    /// Numbers are compared and told as they are written.
    @Test func numbers() throws {
        #expect(try changes(#"{"big":9007199254740992,"p":1.1,"same":9007199254740993}"#, #"{"big":9007199254740993,"p":1.10,"same":9007199254740993}"#)
            == ["/big: 9007199254740992 → 9007199254740993", "/p: 1.1 → 1.10"])
    }

    @Test func theOrderOfMembersIsNone() throws {
        #expect(try changes(#"{"a":1,"b":[{"x":1,"y":2}]}"#, #"{"b":[{"y":2,"x":1}],"a":1}"#).isEmpty)
    }

    @Test func itStops() throws {
        let (zeros, ones) = ("[[0],[0],[0],[0]]", "[[1],[1],[1],[1]]")
        #expect(try changes(zeros, ones).count == 4 && changes(zeros, ones, atMost: 2).count == 2)
    }

    @Test func deepDocuments() throws {
        func nested(_ value: String) -> String { String(repeating: "[", count: 511) + value + String(repeating: "]", count: 511) }
        #expect(try changes(nested("1"), nested("2")) == [String(repeating: "/0", count: 511) + ": 1 → 2"])
    }

    /// Of random documents every change is told: whoever has the older one and carries them out has the newer one. Here: equal exactly if none is told.
    @Test("Nothing is told of equal documents, something of all others", arguments: 0..<5)
    func random(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        func value(_ depth: Int) -> String {
            switch Int.random(in: 0..<(depth > 2 ? 2 : 4), using: &random) {
            case 0: return "\(Int.random(in: 0..<3, using: &random))"
            case 1: return #""s""#
            case 2: return "[" + (0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth + 1) }.joined(separator: ",") + "]"
            default: return "{" + ["a", "b", "id"].prefix(Int.random(in: 0..<4, using: &random)).map { "\"\($0)\":\(value(depth + 1))" }.joined(separator: ",") + "}"
            }
        }
        for _ in 0..<300 {
            let (one, other) = (value(0), value(0))
            #expect(try changes(one, one).isEmpty)
            #expect(try changes(one, other).isEmpty == (one == other), "\(one) \(other)")
        }
    }

    @Test func tooManyValues() throws {
        let long = "[" + String(repeating: "1,", count: Merge.nodeLimit) + "1]"
        #expect(throws: Difference.TooLarge.self) { try changes("1", long) }
    }
}
