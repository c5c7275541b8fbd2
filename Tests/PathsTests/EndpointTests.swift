import Glibc
import Paths
import Testing

@Suite struct EndpointTests {
    @Test func eachPathHasOneProgram() {
        let paths = Endpoint.all.flatMap { $0.paths.map(\.path) }
        #expect(paths.count == Path.allCases.count && Set(paths) == Set(Path.allCases))
        #expect(Set(Endpoint.all.map(\.name)).count == Endpoint.all.count)
    }

    /// What reads (GET) also tells only the head.
    @Test func whoAnswersGetAnswersHead() {
        #expect(Endpoint.all.allSatisfy { $0.methods.contains(.get) == $0.methods.contains(.head) && !$0.methods.isEmpty })
    }

    /// Nothing in a path or a name means anything to a web server's configuration, a shell or sed but the dot.
    @Test func pathsAndNamesAreWrittenPlainly() {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        #expect(Path.allCases.allSatisfy { $0.text.hasPrefix("/") && $0.text.allSatisfy((letters + letters.uppercased() + "0123456789_/.").contains) })
        #expect(Endpoint.all.allSatisfy { !$0.name.isEmpty && $0.name.allSatisfy((letters + "-").contains) })
    }

    @Test func thePathsOfJSONHaveOneFolder() {
        for endpoint in Endpoint.all {
            let isJSON = endpoint.name.hasPrefix("json-")
            #expect(endpoint.paths.allSatisfy { $0.path.text.hasPrefix(Path.jsonFolder) == isJSON })
        }
    }

    /// An address has one meaning.
    @Test func whatIsMovedIsNoPath() {
        let paths = Set(Path.allCases.map(\.text)), moved = Redirect.all.map(\.from)
        #expect(Set(moved).count == moved.count && paths.isDisjoint(with: moved))
        #expect(Redirect.all.allSatisfy { $0.from.hasPrefix("/") })
        for folder in Redirect.all where folder.isFolder { #expect(paths.allSatisfy { !$0.hasPrefix(folder.from) }) }
        let letters = "abcdefghijklmnopqrstuvwxyz0123456789_/."
        #expect(moved.allSatisfy { $0.allSatisfy(letters.contains) })
    }

    @Test func whatIsRareRunsOnce() {
        for endpoint in Endpoint.all { #expect(endpoint.residents == endpoint.processes || endpoint.residents == 1) }
        #expect(Endpoint.named("admin-terms")?.residents == 1 && Endpoint.named("upload")?.residents == 4)
    }

    @Test func theLastWord() {
        #expect(Path.thumbnail.name == "thumb.php" && Path.admin.name == "")
    }

    /// `imagebed paths > docs/paths.md` brings the file up to date.
    @Test func theManualIsTheTable() throws {
        let home = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let file = try #require(fopen(home + "/docs/paths.md", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        #expect(String(decoding: bytes.prefix(count), as: UTF8.self) == Endpoint.manual)
    }
}
