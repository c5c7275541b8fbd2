// Matching and merging of plain sequences, on random ones, and the time that hostile ones take.

import Testing

@testable import SyncRules

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

struct SequenceTests {
    private func edited(_ base: [UInt64], _ random: inout Seeded, fresh: inout UInt64) -> [UInt64] {
        var side = base
        for _ in 0..<Int.random(in: 0..<4, using: &random) {
            let at = Int.random(in: 0...side.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: side.insert(UInt64.random(in: 0..<5, using: &random), at: at)
            case 1: if at < side.count { side.remove(at: at) }
            default:
                fresh += 1
                side.insert(1000 + fresh, at: at)
            }
        }
        return side
    }

    @Test("Pairs ascend on both sides and are equal", arguments: 0..<10)
    func pairs(_ seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<300 {
            let one = (0..<Int.random(in: 0..<20, using: &random)).map { _ in UInt64.random(in: 0..<8, using: &random) }
            let other = (0..<Int.random(in: 0..<20, using: &random)).map { _ in UInt64.random(in: 0..<8, using: &random) }
            let pairs = SequenceMatch.pairs(one, other)
            #expect(pairs.allSatisfy { one[$0.one] == other[$0.other] })
            #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.one < $1.one && $0.other < $1.other })
            #expect(SequenceMatch.pairs(one, one).count == one.count)
        }
    }

    @Test("Merged sequences", arguments: 0..<20)
    func merges(_ seed: UInt64) {
        var random = Seeded(state: seed), fresh: UInt64 = 0
        for _ in 0..<300 {
            let base = (0..<Int.random(in: 0..<8, using: &random)).map { _ in UInt64.random(in: 0..<5, using: &random) }
            let head = edited(base, &random, fresh: &fresh), push = edited(base, &random, fresh: &fresh)
            var merge = SequenceMerge(base: base, head: head, push: push, prefer: .push)
            merge.run()
            let result = merge.resultHashes
            var mirrored = SequenceMerge(base: base, head: push, push: head, prefer: .push)
            mirrored.run()
            #expect(merge.isDisputed == mirrored.isDisputed)
            if head == base { #expect(result == push && !merge.isDisputed) }
            if push == base { #expect(result == head && !merge.isDisputed) }
            // What is new and unlike anything else: the push's always stays, the head's unless that is told.
            for element in push where element > 1000 { #expect(result.contains(element)) }
            if !merge.isDisputed { for element in head where element > 1000 { #expect(result.contains(element)) } }
            // Nothing comes from nowhere, and nothing is there more often than all sides together had it.
            for element in Set(result) {
                let count = { (side: [UInt64]) in side.count { $0 == element } }
                #expect(count(result) <= count(head) + count(push))
            }
        }
    }

    @Test("Long sequences without anything in common, or with everything, do not take quadratic time")
    func hostile() {
        let count = 100_000
        let ascending = (0..<UInt64(count)).map { $0 }
        #expect(SequenceMatch.pairs(ascending, ascending.reversed()).count >= 1)
        #expect(SequenceMatch.pairs(ascending, ascending.map { $0 + 1_000_000 }).isEmpty)
        let twos = (0..<count).map { UInt64($0 % 2) }, threes = (0..<count).map { UInt64($0 % 3) }
        _ = SequenceMatch.pairs(twos, threes)
        // Each level finds one anchor only.
        let nested = (0..<count).map { UInt64(min($0, count - $0) / 2) }
        _ = SequenceMatch.pairs(nested, nested.reversed() + [7])
    }
}
