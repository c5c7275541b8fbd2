// The seeds of the fuzzer (Tests/Fuzz/JSONText) as an ordinary test: each as it is, cut off anywhere, and with any byte changed.

import Glibc
import JSONText
import Testing

/// A file of the seeds folder.
struct ScannerSeed: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]

    private static let folder = "/" + "\(#filePath)".split(separator: "/").dropLast(2).joined(separator: "/") + "/Fuzz/JSONText/seeds"

    static let all: [ScannerSeed] = {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var seeds: [ScannerSeed] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !name.hasPrefix(".") { seeds.append(ScannerSeed(testDescription: name, bytes: read("\(ScannerSeed.folder)/\(name)"))) }
        }
        return seeds.sorted { $0.testDescription < $1.testDescription }
    }()

    private static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        return [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in count = fread(buffer.baseAddress, 1, 65536, file) }
    }
}

struct ScannerSeedTests {
    private static let refused: Set = ["duplicate", "surrogate-bytes", "surrogate-escape", "byte-order-mark"]

    @Test("Seeds are there") func seeds() { #expect(ScannerSeed.all.count >= 11) }

    @Test("Each seed is accepted or refused as its name says", arguments: ScannerSeed.all)
    func asItIs(_ seed: ScannerSeed) {
        #expect((refusal(seed.bytes) != nil) == Self.refused.contains(seed.testDescription))
    }

    @Test("Each seed changed anywhere is accepted or refused, and minifying is stable", arguments: ScannerSeed.all)
    func changed(_ seed: ScannerSeed) throws {
        for at in seed.bytes.indices {
            try check(Array(seed.bytes[..<at]))
            for byte in [0x00, 0x20, 0x22, 0x5B, 0x5C, 0x7D, 0x80, 0xFF] as [UInt8] {
                var bytes = seed.bytes
                bytes[at] = byte
                try check(bytes)
            }
        }
    }

    private func check(_ bytes: [UInt8]) throws {
        guard let once = try? minified(bytes) else { return }
        #expect(try minified(once) == once)
        #expect(try JSONTree.build(HeldText(once), nodeLimit: 10_000) != nil)
    }
}
