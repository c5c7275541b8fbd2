import Settings
import Testing

@Suite struct DeclarationsTests {
    @Test func everyValueIsDeclaredOnce() {
        #expect(Set(Settings.declarations.map(\.key)).count == Settings.declarations.count)
        #expect(Mirror(reflecting: Settings()).children.count == Settings.declarations.count)
    }

    @Test(arguments: Settings.declarations.map(\.key)) func whatIsPrintedCanBeRead(key: String) throws {
        let declaration = try #require(Settings.declaration(of: key))
        var settings = Settings()
        try declaration.read(declaration.initial, into: &settings)
        #expect(declaration.value(in: settings) == declaration.initial)
    }

    @Test(arguments: Settings.declarations.map(\.key)) func documentationIsOneSentenceThatFitsATable(key: String) throws {
        let declaration = try #require(Settings.declaration(of: key))
        #expect(declaration.documentation.hasSuffix("."))
        #expect(!(declaration.documentation + declaration.kind.allowed).contains { $0 == "|" || $0 == "\n" })
    }
}
