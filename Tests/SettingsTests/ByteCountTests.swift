import Settings
import Testing

@Suite struct ByteCountTests {
    @Test(arguments: [
        ("0", 0), ("1000", 1000), ("50MB", 52_428_800), ("50 MB", 52_428_800), ("50mb", 52_428_800), ("50M", 52_428_800),
        ("50MiB", 52_428_800), ("1KB", 1024), ("2g", 2_147_483_648), ("7B", 7),
    ])
    func sizes(text: String, bytes: Int) { #expect(ByteCount.parse(text) == bytes) }

    @Test(arguments: [
        "", "MB", "-1", "+1", "1.5MB", "1  MB", "1 ", "0x10", "１", "1TB", "1MBB", "1 M B", "9223372036854775808",
        "9007199254740993GB", "99999999999999999999999MB",
    ])
    func whatIsNoSize(text: String) { #expect(ByteCount.parse(text) == nil) }

    @Test(arguments: [(0, "0"), (1000, "1000"), (1024, "1KB"), (1536 * 1024, "1536KB"), (52_428_800, "50MB"), (1 << 30, "1GB")])
    func theShortestExactForm(bytes: Int, text: String) {
        #expect(ByteCount.print(bytes) == text)
        #expect(ByteCount.parse(text) == bytes)
    }
}
