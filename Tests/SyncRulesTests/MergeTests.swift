// The merge rules of docs/json-sync.md, one line each: base, head, push, what comes out, and which places are told.

import JSONText
import SyncRules
import Testing

func held(_ text: String) -> HeldText { HeldText(text.utf8) }

func text(_ slice: TextSlice?) -> String? { slice.map { String(decoding: $0.bytes, as: UTF8.self) } }

/// The bytes that a merge stands for.
func result(_ merge: Merge, push: String) -> String { merge.merged.map { String(decoding: $0.bytes, as: UTF8.self) } ?? push }

struct MergeCase: Sendable, CustomTestStringConvertible {
    let rule: String, base: String?, head: String, push: String, result: String, paths: [String]
    var testDescription: String { rule }

    init(_ rule: String, _ base: String?, _ head: String, _ push: String, _ result: String, _ paths: [String] = []) {
        (self.rule, self.base, self.head, self.push, self.result, self.paths) = (rule, base, head, push, result, paths)
    }
}

struct MergeTests {
    @Test("Objects and scalars", arguments: [
        MergeCase("both the same", #"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#, #"{"a":2}"#),
        MergeCase("only the head changed", #"{"a":1}"#, #"{"a":2}"#, #"{"a":1}"#, #"{"a":2}"#),
        MergeCase("only the push changed", #"{"a":1}"#, #"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#),
        MergeCase("different keys", #"{"a":1,"b":1}"#, #"{"a":2,"b":1}"#, #"{"a":1,"b":2}"#, #"{"a":2,"b":2}"#),
        MergeCase("new keys on both sides", "{}", #"{"a":1}"#, #"{"b":2}"#, #"{"a":1,"b":2}"#),
        MergeCase("deep", #"{"x":{"a":1,"b":1}}"#, #"{"x":{"a":2,"b":1}}"#, #"{"x":{"a":1,"b":2}}"#, #"{"x":{"a":2,"b":2}}"#),
        MergeCase("one value changed differently: the push wins", #"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#, #"{"a":3}"#, ["/a 1 3 2 local"]),
        MergeCase("kinds changed differently", #"{"a":1}"#, #"{"a":[]}"#, #"{"a":{}}"#, #"{"a":{}}"#, ["/a 1 {} [] local"]),
        MergeCase("the same new key with two values", "{}", #"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#, ["/a - 2 1 local"]),
        MergeCase("both made an object of a scalar", #"{"a":1}"#, #"{"a":{"x":1}}"#, #"{"a":{"y":2}}"#, #"{"a":{"x":1,"y":2}}"#),
        MergeCase("deleted by the head", #"{"a":1,"b":1}"#, #"{"b":1}"#, #"{"a":1,"b":2}"#, #"{"b":2}"#),
        MergeCase("deleted by the push", #"{"a":1,"b":1}"#, #"{"a":1,"b":2}"#, #"{"b":1}"#, #"{"b":2}"#),
        MergeCase("deleted by both", #"{"a":1,"b":1}"#, #"{"b":2}"#, #"{"b":1}"#, #"{"b":2}"#),
        MergeCase("deleted by the push, changed by the head", #"{"a":1}"#, #"{"a":2}"#, "{}", #"{"a":2}"#, ["/a 1 - 2 remote"]),
        MergeCase("deleted by the head, changed by the push", #"{"a":1}"#, "{}", #"{"a":2}"#, #"{"a":2}"#, ["/a 1 2 - local"]),
        MergeCase("the whole document", "1", "2", "3", "3", [" 1 3 2 local"]),
        MergeCase("numbers stay as they were written", #"{"a":1.10,"b":9007199254740993,"c":0}"#, #"{"a":1.10,"b":9007199254740993,"c":1e400}"#,
                  #"{"a":1.10,"b":9007199254740993,"c":0,"d":-0.0}"#, #"{"a":1.10,"b":9007199254740993,"c":1e400,"d":-0.0}"#),
        MergeCase("1.10 is not 1.1", #"{"a":1.10}"#, #"{"a":1.1}"#, #"{"a":1.100}"#, #"{"a":1.100}"#, ["/a 1.10 1.100 1.1 local"]),
        MergeCase("two spellings of é are two keys", "{}", "{\"\u{E9}\":1}", "{\"e\u{301}\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
        MergeCase("an escaped key is the same key", #"{"é":1,"x":1}"#, #"{"\u00e9":2,"x":1}"#, #"{"é":1,"x":2}"#, #"{"\u00e9":2,"x":2}"#),
        MergeCase("pointers are escaped", #"{"a/b~":{"":1}}"#, #"{"a/b~":{"":2}}"#, #"{"a/b~":{"":3}}"#, #"{"a/b~":{"":3}}"#, ["/a~1b~0/ 1 3 2 local"]),
        MergeCase("the order of keys is no change", #"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, #"{"a":1,"b":3}"#, #"{"a":1,"b":3}"#),
        MergeCase("empty and null are values", #"{"a":null,"b":""}"#, #"{"b":""}"#, #"{"a":null,"b":null}"#, #"{"b":null}"#),
    ])
    func objects(_ example: MergeCase) throws { try check(example) }

    @Test("Arrays", arguments: [
        MergeCase("keyed by id: elements merge", #"[{"id":1,"t":"a","d":0},{"id":2,"t":"b"}]"#, #"[{"id":1,"t":"A","d":0},{"id":2,"t":"b"}]"#,
                  #"[{"id":1,"t":"a","d":1},{"id":2,"t":"b"}]"#, #"[{"id":1,"t":"A","d":1},{"id":2,"t":"b"}]"#),
        MergeCase("keyed: both add", #"[{"id":1}]"#, #"[{"id":1},{"id":2}]"#, #"[{"id":1},{"id":3}]"#, #"[{"id":1},{"id":2},{"id":3}]"#),
        MergeCase("keyed: added in front and behind", #"[{"_id":1}]"#, #"[{"_id":2},{"_id":1}]"#, #"[{"_id":1},{"_id":3}]"#, #"[{"_id":2},{"_id":1},{"_id":3}]"#),
        MergeCase("keyed: deleted and changed elsewhere", #"[{"uuid":"x"},{"uuid":"y","n":1}]"#, #"[{"uuid":"y","n":1}]"#, #"[{"uuid":"x"},{"uuid":"y","n":2}]"#, #"[{"uuid":"y","n":2}]"#),
        MergeCase("keyed: deleted by the push, changed by the head", #"[{"key":"x","n":1},{"key":"y"}]"#, #"[{"key":"x","n":2},{"key":"y"}]"#, #"[{"key":"y"}]"#,
                  #"[{"key":"x","n":2},{"key":"y"}]"#, [#"/0 {"key":"x","n":1} - {"key":"x","n":2} remote"#]),
        MergeCase("keyed: one member changed differently, index of the result", #"[{"id":"a","n":1}]"#, #"[{"id":"b"},{"id":"a","n":2}]"#, #"[{"id":"a","n":3}]"#,
                  #"[{"id":"b"},{"id":"a","n":3}]"#, ["/1/n 1 3 2 local"]),
        MergeCase("keyed: the head reordered, the push changed", #"[{"id":1},{"id":2,"n":1}]"#, #"[{"id":2,"n":1},{"id":1}]"#, #"[{"id":1},{"id":2,"n":2}]"#, #"[{"id":2,"n":2},{"id":1}]"#),
        MergeCase("keyed: the push reordered, the head changed", #"[{"id":1},{"id":2,"n":1}]"#, #"[{"id":1},{"id":2,"n":2}]"#, #"[{"id":2,"n":1},{"id":1}]"#, #"[{"id":2,"n":2},{"id":1}]"#),
        MergeCase("keyed: both reordered differently: the head's order, told", #"[{"id":1},{"id":2},{"id":3}]"#, #"[{"id":2},{"id":1},{"id":3}]"#, #"[{"id":3},{"id":2},{"id":1}]"#,
                  #"[{"id":2},{"id":1},{"id":3}]"#, [#" [{"id":1},{"id":2},{"id":3}] [{"id":3},{"id":2},{"id":1}] [{"id":2},{"id":1},{"id":3}] both"#]),
        MergeCase("the same id twice is no identity", #"[{"id":1},{"id":1}]"#, #"[{"id":1},{"id":1},{"id":2}]"#, #"[{"id":0},{"id":1},{"id":1}]"#, #"[{"id":0},{"id":1},{"id":1},{"id":2}]"#),
        MergeCase("set: both add", #"["a"]"#, #"["a","b"]"#, #"["a","c"]"#, #"["a","b","c"]"#),
        MergeCase("set: one deletes, one adds", #"["a","b"]"#, #"["b"]"#, #"["a","b","c"]"#, #"["b","c"]"#),
        MergeCase("set: the same element added by both", "[1]", "[1,2]", "[1,2,3]", "[1,2,3]"),
        MergeCase("set: emptied and added to", "[1,2]", "[]", "[1,2,3]", "[3]"),
        MergeCase("set: the push sorted", "[3,1,2]", "[3,1,2,4]", "[1,2,3]", "[1,2,3,4]"),
        MergeCase("list: both add at the ends", "[0,0]", "[5,0,0]", "[0,0,7]", "[5,0,0,7]"),
        MergeCase("list: both add at one place", "[0,0]", "[0,0,5]", "[0,0,7]", "[0,0,5,7]"),
        MergeCase("list: what both added is there once", "[0,0]", "[0,0,5]", "[0,0,5,7]", "[0,0,5,7]"),
        MergeCase("list: neighbours changed", "[0,0,1,2]", "[0,0,9,2]", "[0,0,1,8]", "[0,0,9,8]"),
        MergeCase("list: one element changed differently", "[0,0,1]", "[0,0,2]", "[0,0,3]", "[0,0,3]", [" [0,0,1] [0,0,3] [0,0,2] local"]),
        MergeCase("list: one changed, one emptied", "[1,1,2]", "[1,1,3]", "[]", "[3]", [" [1,1,2] [] [1,1,3] both"]),
        MergeCase("list: both deleted some", "[1,1,2,2,3,3]", "[1,1,3,3]", "[1,1,2,2]", "[1,1]"),
        MergeCase("list: of lists", "[[1],[1],[2]]", "[[1],[1],[2],[3]]", "[[0],[1],[1],[2]]", "[[0],[1],[1],[2],[3]]"),
        MergeCase("list: never by index", "[[1],[2],[2]]", "[[2],[2]]", "[[1],[2],[2],[4]]", "[[2],[2],[4]]"),
    ])
    func arrays(_ example: MergeCase) throws { try check(example) }

    @Test("Without a base nothing is deleted", arguments: [
        MergeCase("keys", nil, #"{"a":1,"b":1}"#, #"{"b":1,"c":1}"#, #"{"a":1,"b":1,"c":1}"#),
        MergeCase("the push wins", nil, #"{"a":1}"#, #"{"a":2}"#, #"{"a":2}"#, ["/a - 2 1 local"]),
        MergeCase("the push has it all", nil, #"{"a":1}"#, #"{"a":1,"b":2}"#, #"{"a":1,"b":2}"#),
        MergeCase("keyed", nil, #"[{"id":1,"n":1},{"id":2}]"#, #"[{"id":1,"n":2},{"id":3}]"#, #"[{"id":1,"n":2},{"id":2},{"id":3}]"#, ["/0/n - 2 1 local"]),
        MergeCase("set", nil, "[1,2]", "[2,3]", "[1,2,3]"),
        MergeCase("list", nil, "[1,1,2]", "[1,1,3]", "[1,1,2,3]"),
    ])
    func union(_ example: MergeCase) throws { try check(example) }

    @Test("A careful client gets the head's value, and its own where nothing overlaps", arguments: [
        MergeCase("scalars", #"{"a":1,"b":1}"#, #"{"a":2,"b":1}"#, #"{"a":3,"b":3}"#, #"{"a":2,"b":3}"#, ["/a 1 3 2 remote"]),
        MergeCase("deleted against changed", #"{"a":1,"b":1}"#, #"{"b":2}"#, #"{"a":2}"#, #"{"b":2,"a":2}"#, ["/b 1 - 2 remote", "/a 1 2 - local"]),
        MergeCase("lists", "[0,0,1]", "[0,0,2]", "[0,0,3]", "[0,0,2]", [" [0,0,1] [0,0,3] [0,0,2] remote"]),
        MergeCase("no base", nil, #"{"a":1}"#, #"{"a":2,"b":3}"#, #"{"a":1,"b":3}"#, ["/a - 2 1 remote"]),
    ])
    func preferHead(_ example: MergeCase) throws { try check(example, prefer: .head) }

    private func check(_ example: MergeCase, prefer: Merge.Preference = .push) throws {
        let merge = try Merge.threeWay(
            base: example.base.map(held), head: held(example.head), push: held(example.push), prefer: prefer)
        #expect(result(merge, push: example.push) == example.result)
        #expect(merge.merged.map { $0.count == $0.bytes.count } ?? true)
        let paths = merge.overlaps.map { overlap in
            "\(overlap.path) \(text(overlap.base) ?? "-") \(text(overlap.local) ?? "-") \(text(overlap.remote) ?? "-") \(overlap.chosen)"
        }
        #expect(paths == example.paths)
        #expect(merge.clean == example.paths.isEmpty)
    }

    @Test("Elements with an identity have a place that no reordering changes")
    func places() throws {
        let merge = try Merge.threeWay(
            base: held(#"{"l":[{"id":"a/b","n":1}]}"#), head: held(#"{"l":[{"id":"c"},{"id":"a/b","n":2}]}"#), push: held(#"{"l":[{"id":"a/b","n":3}]}"#))
        #expect(merge.overlaps.map(\.path) == ["/l/1/n"])
        #expect(merge.overlaps.map(\.place) == [#"/l/id="a~1b"/n"#])
    }

    @Test("Whether the push holds every change of the head", arguments: [
        (#"{"a":1}"#, #"{"a":2}"#, #"{"a":2,"b":1}"#, true), (#"{"a":1}"#, #"{"a":2}"#, #"{"b":1}"#, false), (#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#, false),
        (#"{"a":1,"b":1}"#, #"{"b":1}"#, #"{"b":2}"#, true), (#"{"a":1,"b":1}"#, #"{"b":1}"#, #"{"a":1,"b":2}"#, false), ("[1]", "[1,2]", "[1,2,3]", true),
        ("[1]", "[1,2]", "[1,3]", false), ("[1,2]", "[2,1]", "[2,1,3]", true), (#"[{"id":1,"n":1}]"#, #"[{"id":1,"n":2}]"#, #"[{"id":1,"n":2,"m":3}]"#, true),
    ])
    func holds(_ base: String, _ head: String, _ push: String, _ expected: Bool) throws {
        #expect(try Merge.holdsEveryChange(base: held(base), head: held(head), push: held(push)) == expected)
    }

    @Test("How many places differ", arguments: [
        ("1", "1", 0), ("1", "2", 1), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, 0), (#"{"a":1,"b":2}"#, #"{"a":2,"c":1}"#, 3), (#"{"a":{"x":1,"y":1}}"#, #"{"a":{"x":2,"y":2}}"#, 2),
        ("[1,2,3]", "[1,3,4]", 2), ("[1,2]", "[2,1]", 1), (#"[{"id":1,"n":1},{"id":2}]"#, #"[{"id":1,"n":2},{"id":3}]"#, 3), ("[0,0,1]", "[0,0,2,3]", 2), ("[]", "{}", 1),
    ])
    func changedPaths(_ one: String, _ other: String, _ expected: Int) throws {
        #expect(try Merge.changedPaths(from: held(one), to: held(other)) == expected)
        #expect(try Merge.changedPaths(from: held(other), to: held(one)) == expected)
    }

    @Test("Text that is no minified JSON is refused", arguments: ["", "{", "[1, 2]", "{\"a\":1,\"a\":1}"])
    func refuses(_ bad: String) {
        #expect(throws: JSONRefusal.self) { try Merge.threeWay(base: nil, head: held(bad), push: held("1")) }
        #expect(throws: JSONRefusal.self) { try Merge.threeWay(base: held(bad), head: held("1"), push: held("1")) }
    }
}
