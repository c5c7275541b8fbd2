// The seeds of the fuzzer (Tests/Fuzz/SyncRules) as an ordinary test: base, head and push in every role.

import Glibc
import JSONText
import SyncRules
import Testing

/// A file of the seeds folder: its lines.
struct MergeSeed: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let lines: [String]

    private static let folder = "/" + "\(#filePath)".split(separator: "/").dropLast(2).joined(separator: "/") + "/Fuzz/SyncRules/seeds"

    static let all: [MergeSeed] = {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var seeds: [MergeSeed] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !name.hasPrefix(".") { seeds.append(MergeSeed(testDescription: name, lines: read("\(MergeSeed.folder)/\(name)"))) }
        }
        return seeds.sorted { $0.testDescription < $1.testDescription }
    }()

    private static func read(_ path: String) -> [String] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in count = fread(buffer.baseAddress, 1, 65536, file) }
        return bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
}

struct MergeSeedTests {
    @Test("Seeds are there") func seeds() { #expect(MergeSeed.all.count >= 8) }

    @Test("Any two of a seed's texts merge on any base", arguments: MergeSeed.all)
    func merges(_ seed: MergeSeed) throws {
        for base in seed.lines.map(Optional.some) + [nil] {
            for head in seed.lines {
                for push in seed.lines {
                    for prefer in [Merge.Preference.push, .head] {
                        let merge = try Merge.threeWay(base: base.map(held), head: held(head), push: held(push), prefer: prefer)
                        let merged = result(merge, push: push)
                        #expect(throws: Never.self) { try JSONTree.build(held(merged), nodeLimit: 10_000) }
                        if base == push || head == push { #expect(try Merge.changedPaths(from: held(merged), to: held(head)) == 0) }
                        if base == head { #expect(merged == push) }
                    }
                }
            }
        }
    }
}
