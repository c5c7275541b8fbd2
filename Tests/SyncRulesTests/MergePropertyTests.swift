// What holds for every merge, on random documents from a seed: nothing is lost without being told.

import JSONText
import Testing

@testable import SyncRules

/// A document that can be changed at random, and written.
private indirect enum Value: Equatable {
    case number(Int)
    case object([(String, Value)])
    case keyed([(Int, Value)])
    case set([Int])

    static func == (one: Value, other: Value) -> Bool { one.text == other.text }

    var text: String {
        switch self {
        case .number(let number): "\(number)"
        case .object(let members): "{" + members.map { "\"\($0)\":\($1.text)" }.joined(separator: ",") + "}"
        case .keyed(let elements): "[" + elements.map { "{\"id\":\($0),\"v\":\($1.text)}" }.joined(separator: ",") + "]"
        case .set(let elements): "[" + elements.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        }
    }

    static func random(_ random: inout Seeded, depth: Int) -> Value {
        switch depth > 0 ? Int.random(in: 0..<5, using: &random) : 0 {
        case 0: return .number(Int.random(in: 0..<1000, using: &random))
        case 1: return .keyed(Set((0..<Int.random(in: 0..<4, using: &random)).map { _ in Int.random(in: 0..<9, using: &random) }).sorted()
            .map { ($0, Value.random(&random, depth: depth - 1)) })
        case 2: return .set(Set((0..<Int.random(in: 0..<4, using: &random)).map { _ in Int.random(in: 0..<9, using: &random) }).sorted())
        default: return .object(Set((0..<Int.random(in: 0..<5, using: &random)).map { _ in "k\(Int.random(in: 0..<7, using: &random))" }).sorted()
            .map { ($0, Value.random(&random, depth: depth - 1)) })
        }
    }

    /// With a few places changed, added or deleted.
    func changed(_ random: inout Seeded, _ times: Int = 3) -> Value {
        (0..<times).reduce(self) { value, _ in value.changedOnce(&random) }
    }

    private func changedOnce(_ random: inout Seeded) -> Value {
        switch self {
        case .number: return .random(&random, depth: Int.random(in: 0...1, using: &random))
        case .set(var elements):
            let element = Int.random(in: 0..<9, using: &random)
            if let index = elements.firstIndex(of: element) { elements.remove(at: index) } else { elements.append(element) }
            return .set(elements)
        case .object(var members):
            let key = "k\(Int.random(in: 0..<7, using: &random))"
            guard let index = members.firstIndex(where: { $0.0 == key }) else { return .object(members + [(key, .random(&random, depth: 1))]) }
            if Int.random(in: 0..<4, using: &random) == 0 { members.remove(at: index) } else { members[index].1 = members[index].1.changedOnce(&random) }
            return .object(members)
        case .keyed(var elements):
            let id = Int.random(in: 0..<9, using: &random)
            guard let index = elements.firstIndex(where: { $0.0 == id }) else { return .keyed(elements + [(id, .random(&random, depth: 1))]) }
            if Int.random(in: 0..<4, using: &random) == 0 { elements.remove(at: index) } else { elements[index].1 = elements[index].1.changedOnce(&random) }
            return .keyed(elements)
        }
    }
}

struct MergePropertyTests {
    private func hash(_ text: String) throws -> UInt64 { try #require(try JSONTree.build(held(text), nodeLimit: 100_000)).hash(0) }

    private func changes(_ known: String, _ head: String, _ push: String, _ result: String) throws -> [Overlap] {
        try #require(try HeadChanges.find(known: held(known), head: held(head), push: held(push), result: held(result), told: [])).map(\.overlap)
    }

    /// Whether one of the places is this one, is around it, or is in it.
    private func tells(_ places: [String], _ place: String) -> Bool {
        places.contains { $0 == place || place.hasPrefix($0 + "/") || $0.hasPrefix(place + "/") }
    }

    @Test("Random documents", arguments: 0..<40)
    func properties(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        for _ in 0..<50 {
            let base = Value.random(&random, depth: 4), head = base.changed(&random), push = base.changed(&random)
            let merge = try Merge.threeWay(base: held(base.text), head: held(head.text), push: held(push.text))
            let merged = result(merge, push: push.text)
            #expect(throws: Never.self) { try hash(merged) }

            // One side alone.
            #expect(try result(Merge.threeWay(base: held(base.text), head: held(head.text), push: held(base.text)), push: base.text) == head.text)
            #expect(try result(Merge.threeWay(base: held(base.text), head: held(base.text), push: held(push.text)), push: push.text) == push.text)
            #expect(try hash(result(Merge.threeWay(base: held(base.text), head: held(head.text), push: held(head.text)), push: head.text)) == hash(head.text))

            // Whoever came first: the same places overlap.
            let mirrored = try Merge.threeWay(base: held(base.text), head: held(push.text), push: held(head.text))
            #expect(merge.clean == mirrored.clean)
            #expect(Set(merge.overlaps.map(\.place)) == Set(mirrored.overlaps.map(\.place)))
            if merge.clean, base.text != head.text, base.text != push.text {
                #expect(try Merge.changedPaths(from: held(merged), to: held(result(mirrored, push: head.text))) == 0 || merged.contains("["))
            }

            // No change of the head vanishes without being told, and none of the push at all unless it was a deletion.
            let told = merge.overlaps.map(\.place)
            for change in try changes(base.text, head.text, push.text, merged) where change.chosen == .local {
                #expect(tells(told, change.place), "\(change.place) of \(base.text) \(head.text) \(push.text)")
            }
            for change in try changes(base.text, push.text, head.text, merged) where change.chosen == .local {
                #expect(change.remote == nil && tells(told, change.place), "\(change.place) of \(base.text) \(head.text) \(push.text)")
            }
            // What is told did happen: both sides changed it, and differently.
            for overlap in merge.overlaps {
                #expect(text(overlap.base) != text(overlap.local) && text(overlap.base) != text(overlap.remote) && text(overlap.local) != text(overlap.remote))
            }
            // Merging the result again brings nothing new.
            #expect(try Merge.holdsEveryChange(base: held(push.text), head: held(merged), push: held(merged)))
        }
    }

    @Test("Without a base everything of both sides is there", arguments: 0..<20)
    func union(_ seed: UInt64) throws {
        var random = Seeded(state: seed &+ 500)
        for _ in 0..<50 {
            let one = Value.random(&random, depth: 3), head = one.changed(&random), push = one.changed(&random)
            let merge = try Merge.threeWay(base: nil, head: held(head.text), push: held(push.text))
            let merged = result(merge, push: push.text)
            for change in try changes("null", push.text, "null", merged) { #expect(change.chosen != .local) }
            let told = merge.overlaps.map(\.place)
            for change in try changes("null", head.text, push.text, merged) where change.chosen == .local && change.local != nil {
                #expect(tells(told, change.place))
            }
        }
    }
}
