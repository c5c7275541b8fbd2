import Glibc
import Settings
import Testing

@Suite struct ManualTests {
    /// `imagebed settings docs > docs/settings.md` brings the file up to date.
    @Test func theFileIsTheTable() throws {
        let home = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let file = try #require(fopen(home + "/docs/settings.md", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        #expect(String(decoding: bytes.prefix(count), as: UTF8.self) == Settings.manual)
    }
}
