// The seeds of the fuzzer (Tests/Fuzz/MediaHeader) as an ordinary test: each as it is, and changed at random places by a
// generator that gives the same numbers in every run.

import Glibc
import Media
import Testing

@testable import MediaHeader

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct RepeatableNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// A file of the seeds folder.
struct Seed: CustomTestStringConvertible {
    let name: String
    let bytes: Bytes

    var testDescription: String { name }

    private static let folder = "\(#filePath)".split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fuzz/MediaHeader/seeds"

    static let all: [Seed] = {
        guard let folder = opendir(Seed.folder) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { !$0.hasPrefix(".") }.sorted().map { Seed(name: $0, bytes: contents(of: $0)) }
    }()

    private static func contents(of name: String) -> Bytes {
        guard let file = fopen("\(folder)/\(name)", "r") else { return [] }
        defer { fclose(file) }
        var block = Bytes(repeating: 0, count: 4_096)
        let count = fread(&block, 1, block.count, file)
        return Bytes(block.prefix(count))
    }
}

@Suite struct FuzzSeedTests {
    /// Reads and strips; whatever the bytes are, the answer is facts or a refusal, and the promises of stripping hold.
    private func attempt(_ bytes: Bytes, _ what: @autoclosure () -> Comment) throws {
        var known: MediaFacts?
        do { known = try facts(bytes, nameHint: "a.tga") } catch is MediaRefusal {}
        do {
            guard let result = try stripped(bytes), let known, [.jpeg, .png, .gif, .webp].contains(known.type) else { return }
            #expect(try facts(result) == known, what())
            #expect(try stripped(result) == nil, what())
        } catch is MediaRefusal {}
    }

    @Test func thereAreSeedsOfEveryType() throws {
        let types = Set(Seed.all.compactMap { seed in try? facts(seed.bytes).type })
        #expect(types.isSuperset(of: MediaType.allCases.filter { $0.kind == .image }))
        #expect(Seed.all.allSatisfy { (1...2_048).contains($0.bytes.count) })
    }

    @Test(arguments: Seed.all)
    func seedsChangedAnywhereAreReadOrRefused(_ seed: Seed) throws {
        var numbers = RepeatableNumbers(state: UInt64(seed.bytes.count))
        try attempt(seed.bytes, "as it is")
        for round in 0..<1_500 {
            var bytes = seed.bytes
            for _ in 0..<Int.random(in: 1...4, using: &numbers) { change(&bytes, &numbers) }
            try attempt(bytes, "round \(round): \(bytes)")
        }
    }

    private func change(_ bytes: inout Bytes, _ numbers: inout RepeatableNumbers) {
        guard let place = bytes.indices.randomElement(using: &numbers) else { return }
        let end = min(place + Int.random(in: 1...8, using: &numbers), bytes.count)
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: bytes.indices.randomElement(using: &numbers) ?? place)
        case 4: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...20, using: &numbers)))
        default:
            let extreme = ([0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF] as Bytes).randomElement(using: &numbers) ?? 0
            for index in place..<end { bytes[index] = extreme }
        }
    }
}
