import Media
@testable import MediaStore
import Testing

@Suite struct RenamingTests {
    let fixture: Fixture
    var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    private func found(_ text: String) throws -> [Int] { try store.list(ListRequest(search: text)).files.map(\.id) }

    @Test func listsAndSearchesHaveTheNewName() throws {
        let file = try fixture.keep().file
        #expect(try found("a.png") == [file.id])
        let renamed = try #require(try store.rename(file.id, to: ClientName("春天 的 花.png"), of: 1))
        #expect(renamed.originalName == "春天 的 花.png" && renamed.path == file.path && renamed.size == file.size)
        #expect(try found("a.png").isEmpty && found("的 花") == [file.id])
        #expect(try store.list(ListRequest()).files.map(\.originalName) == ["春天 的 花.png"])
        try store.deriveAnew(.names)
        _ = try store.rename(file.id, to: ClientName("later.png"), of: nil)
        try store.derive(.names)
        #expect(try found("later") == [file.id] && found("的 花").isEmpty, "a row that the index does not hold yet")
    }

    @Test(arguments: ["春天 的 花.png", "a", "<b>", "\u{FFFD}.png"]) func pagesShowTheOriginalName(name: String) throws {
        let file = try fixture.keep().file
        #expect(try store.rename(file.id, to: ClientName(name), of: nil)?.shownName == name)
    }

    @Test(arguments: ["", " ", "\u{200B}\u{2060}", "\u{3000}", "\u{2800}"]) func theStoredOneWhereThatShowsNothing(name: String) throws {
        let file = try fixture.keep().file
        #expect(try store.rename(file.id, to: ClientName(name), of: nil)?.shownName == file.path.name)
    }

    @Test func onlyKeptFilesOfTheAccount() throws {
        let file = try fixture.keep(owner: 1).file
        #expect(try store.rename(file.id, to: ClientName("b.png"), of: 2) == nil && store.rename(99, to: ClientName("b.png"), of: nil) == nil)
        _ = try store.delete(file.id)
        #expect(try store.rename(file.id, to: ClientName("b.png"), of: nil) == nil)
        #expect(try store.anyFile(file.id)?.originalName == "a.png")
    }
}
