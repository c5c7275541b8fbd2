// The seeds of the fuzzer (Tests/Fuzz/EasyImages) as an ordinary test: each as it is, cut off anywhere, and with any byte changed.

import EasyImages
import Glibc
import Testing
import Text

@Suite struct SeedTests {
    private static let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/Fuzz/EasyImages/seeds"
    private static let names = ["config", "tokens", "uploaders", "log-cut", "log-lines", "counts", "by-hand", "deep", "variable", "bytes"]
    private static let refused: Set = ["log-cut", "log-lines", "deep", "variable"]

    private static func bytes(_ name: String) throws -> [UInt8] {
        let file = try #require(fopen("\(folder)/\(name)", "r"))
        defer { fclose(file) }
        return [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in count = fread(buffer.baseAddress, 1, 65_536, file) }
    }

    @Test("Each seed is read or refused as its name says", arguments: names)
    func asItIs(_ name: String) throws {
        let bytes = try Self.bytes(name)
        #expect(((try? PHPArrayFile(bytes)) == nil) == Self.refused.contains(name))
        check(bytes)
    }

    @Test("Each seed changed anywhere is read or refused, and writing is stable", arguments: names)
    func changed(_ name: String) throws {
        let bytes = try Self.bytes(name).prefix(600)
        for at in bytes.indices {
            check(Array(bytes[..<at]))
            for byte in [0x00, 0x22, 0x24, 0x27, 0x28, 0x2F, 0x5C, 0x5B, 0xFF] as [UInt8] {
                var changed = Array(bytes)
                changed[at] = byte
                check(changed)
            }
        }
    }

    private func check(_ bytes: [UInt8]) {
        try? OldLog(MemorySource(bytes)).forEach { _, _ in }
        guard let file = try? PHPArrayFile(bytes) else { return }
        let written = file.bytes
        #expect((try? PHPArrayFile(written))?.bytes == written)
    }
}
