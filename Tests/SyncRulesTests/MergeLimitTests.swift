// Merges of hostile documents end, in time and in what they tell.

import JSONText
import SyncRules
import Testing

struct MergeLimitTests {
    @Test("Past the limit of values one side is taken whole, and told")
    func nodeLimit() throws {
        let half = "[" + String(repeating: "1,", count: Merge.nodeLimit / 2) + "1]"
        let large = try Merge.threeWay(base: held("[]"), head: held(half), push: held(half.dropLast() + ",2]"))
        #expect(large.merged == nil)
        #expect(large.overlaps.map(\.path) == [""])
        #expect(large.overlaps.first?.chosen == .local)
        let careful = try Merge.threeWay(base: nil, head: held(half), push: held(half), prefer: .head)
        #expect(careful.merged?.count == half.utf8.count)
        #expect(try Merge.changedPaths(from: held(half), to: held(half)) == .max)
    }

    @Test("More places than can be told are one")
    func overlapLimit() throws {
        func document(_ value: Int) -> String { "{" + (0...Merge.overlapLimit).map { "\"k\($0)\":\(value)" }.joined(separator: ",") + "}" }
        let merge = try Merge.threeWay(base: held(document(1)), head: held(document(2)), push: held(document(3)))
        #expect(merge.overlaps.map(\.path) == [""])
        let long = String(repeating: "k", count: 100_000)
        func nested(_ value: Int) -> String { "{\"\(long)\":{" + (0..<100).map { "\"\($0)\":\(value)" }.joined(separator: ",") + "}}" }
        #expect(try Merge.threeWay(base: held(nested(1)), head: held(nested(2)), push: held(nested(3))).overlaps.map(\.path) == [""])
    }

    @Test("As deep as documents may be")
    func depth() throws {
        func document(_ value: Int) -> String { String(repeating: "{\"a\":", count: 512) + "\(value)" + String(repeating: "}", count: 512) }
        let merge = try Merge.threeWay(base: held(document(1)), head: held(document(2)), push: held(document(3)))
        #expect(merge.overlaps.map(\.path) == [String(repeating: "/a", count: 512)])
    }

    @Test("Large arrays and objects of every shape")
    func large() throws {
        let count = 20_000
        let keyed = { (n: Int) in "[" + (0..<count).map { "{\"id\":\($0 + n),\"n\":\(n)}" }.joined(separator: ",") + "]" }
        let set = { (n: Int) in "[" + (0..<count).map { "\($0 + n)" }.joined(separator: ",") + "]" }
        let list = { (n: Int) in "[" + (0..<count).map { "[\(($0 + n) % 7)]" }.joined(separator: ",") + "]" }
        let object = { (n: Int) in "{" + (0..<count).map { "\"\($0 + n)\":\(n)" }.joined(separator: ",") + "}" }
        for document in [keyed, set, list, object] {
            let merge = try Merge.threeWay(base: held(document(0)), head: held(document(1)), push: held(document(2)))
            #expect(throws: Never.self) { try JSONTree.build(held(result(merge, push: document(2))), nodeLimit: 1_000_000) }
        }
    }

    @Test("A merge longer than a content may be counts as one overlap")
    func contentLimit() throws {
        let long = String(repeating: "x", count: Merge.contentLimit / 2)
        let merge = try Merge.threeWay(base: held("{}"), head: held("{\"a\":\"\(long)\"}"), push: held("{\"b\":\"\(long)\"}"))
        #expect(merge.merged == nil)
        #expect(merge.overlaps.map(\.path) == [""])
    }
}
