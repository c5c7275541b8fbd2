import Database
import Media
@testable import MediaStore
import SiteTestSupport
import Testing

/// The index of names.
@Suite struct SearchTests {
    let fixture: Fixture
    private let store: MediaStore

    init() throws {
        fixture = try Fixture()
        store = fixture.store
    }

    @discardableResult
    private func add(_ name: String, path: String, isPublic: Bool = true) throws -> Int {
        let file = AdoptedFile(path: try #require(StoredPath(path)), facts: MediaFacts(type: .png, width: 1, height: 1), originalName: ClientName(name),
                               size: 5, createdAt: 1_700_000_000, owner: 1, sender: nil)
        _ = try store.adopt([file])
        let id = try #require(try store.file(at: file.path)).id
        if !isPublic { try fixture.database.run("UPDATE file SET is_public = 0 WHERE id = ?", id) }
        return id
    }

    private func found(_ text: String, _ scope: ListScope = .listed) throws -> [String] {
        try store.part(PartRequest(scope, search: text)).files.map(\.originalName)
    }

    @Test func anyTwoCharactersOfEitherName() throws {
        try add("假日照片.png", path: "2024/04/aaaa01.png")
        try add("IMG_2024 (1).PNG", path: "2024/04/bbbb02.png")
        try add("zz.png", path: "2024/04/假日.png")
        #expect(try found("假日") == ["zz.png", "假日照片.png"], "newest first")
        #expect(try found("照片") == ["假日照片.png"] && found("日照片.p") == ["假日照片.png"])
        #expect(try found("img_2024 (") == ["IMG_2024 (1).PNG"] && found("BBBB") == ["IMG_2024 (1).PNG"] && found("PNG").count == 3)
        #expect(try found("假片") == [] && found("日片") == [] && found("照") == [] && found("") == [])
        #expect(try found("zz.png假日") == [], "names are not joined")
    }

    @Test(arguments: ["%%", "__", "''", "\"\"", "\" OR \"", "a*", "NEAR(a b)", "original : aa", "\\\\", "\u{0}\u{0}", "👍👍", String(repeating: "长", count: 200)])
    func signsMeanThemselves(_ text: String) throws {
        // (PostgreSQL's texts hold U+FFFD in the place of U+0000.)
        guard !text.contains("\u{0}") || fixture.database.engine == .sqlite else { return }
        try add("plain name.png", path: "2024/04/aaaa01.png")
        #expect(try found(text) == [] && store.list(ListRequest(search: text)).total == 0)
        try fixture.database.run("UPDATE file SET original_name = ?", "x\(text)x")
        try store.deriveAnew(.names)
        try store.derive(.names)
        #expect(try found(text).count == 1 && store.list(ListRequest(search: text)).total == 1)
    }

    @Test func onlyWhatSomebodyMaySee() throws {
        try add("shown one.png", path: "2024/04/a1.png")
        try add("shown two.png", path: "2024/04/a2.png", isPublic: false)
        let gone = try add("shown three.png", path: "2024/04/a3.png")
        try fixture.database.run("UPDATE file SET state = 2 WHERE id = ?", gone)
        #expect(try found("shown") == ["shown one.png"] && found("shown", .owned(1)) == ["shown two.png", "shown one.png"])
        #expect(try found("shown", .owned(2)) == [] && found("shown", .unlisted(1)) == ["shown two.png"])
    }

    @Test func theIndexFollowsEveryRow() throws {
        let kept = try fixture.keep()
        try store.derive(.names)
        let second = try fixture.keep("other")
        #expect(try found("a.png").count == 2, "one is in the index, one waits")
        #expect(try indexed("a.png").count == 1)
        try store.deriveAnew(.names)
        #expect(try found("a.png").count == 2, "all wait")
        try store.derive(.names)
        #expect(try found("a.png").count == 2)
        for file in [kept, second] { try store.rows.remove(file.file.id) }
        #expect(try found("a.png") == [])
        #expect(try indexed("a.png").isEmpty)
        try expectSoundIndex()
    }

    /// What is in the index itself.
    private func indexed(_ text: String) throws -> [Int] {
        try store.names.index.few(#require(SearchPairs(text).query)) ?? []
    }

    private func expectSoundIndex() throws {
        guard fixture.database.engine == .sqlite else { return }
        try fixture.database.run("INSERT INTO file_search (file_search) VALUES ('integrity-check')")
    }

    @Test(arguments: [false, true]) func aMovedRowIsFoundUnderItsNewName(_ isIndexed: Bool) throws {
        let id = try add("x.png", path: "2024/04/first1.png")
        if isIndexed { try store.derive(.names) }
        try store.rows.move(id, to: try #require(StoredPath("2024/04/second.png")))
        #expect(try found("first1") == [] && found("second") == ["x.png"])
    }

    /// An upload adds the names of all that wait, and a part of a list begins and ends wherever it likes among both.
    @Test func rowsThatWaitStandBesideTheIndex() throws {
        let numbers = 0..<NameIndex.batch * 3 / 2
        for number in numbers { try add("Name \(number).png", path: "2024/04/n\(number).png", isPublic: number % 5 != 0) }
        let next = try store.deriving.next(.names)
        #expect(next == NameIndex.batch + 1, "so many are in the index")
        for (size, descending) in [(7, true), (7, false), (NameIndex.batch, true), (1_000, false)] {
            let beside = try parts("name", size, descending)
            #expect(beside.count == numbers.filter { $0 % 5 != 0 }.count && beside == beside.sorted(by: descending ? (>) : (<)))
            for text in ["N7", "e 6", "NG"] { #expect(try parts(text, size, descending) == parts(text, 1_000, true).sorted(by: descending ? (>) : (<))) }
        }
        let found = try ["name 7", "64.p", "N"].map { try parts($0, 9, true) }
        try store.derive(.names)
        #expect(try store.deriving.next(.names) == .max && found == ["name 7", "64.p", "N"].map { try parts($0, 9, true) })
        try expectSoundIndex()
    }

    /// The ids of all parts of a search among listed files.
    private func parts(_ text: String, _ size: Int, _ descending: Bool) throws -> [Int] {
        var (ids, position, isAtEnd): ([Int], ListPosition?, Bool) = ([], nil, false)
        while !isAtEnd {
            let part = try store.part(PartRequest(.listed, order: .matches, descending: descending, position: position, size: size, search: text))
            ids += part.files.map(\.id)
            (position, isAtEnd) = (part.next, part.next == nil)
        }
        return ids
    }

    /// As a migration does: more rows wait than an upload adds. (Those that are new here are in the recycle bin.)
    private func leaveIndexToBeMade() throws {
        try fixture.databases.runWithoutTriggers(
            """
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n <= \(NameIndex.mostWaiting))
            INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at, state)
            SELECT 'of/before/' || n || '.png', 'a', 'png', 'image', 1, \(TestDatabase.noBytes), \(TestDatabase.noBytes), 0, 2 FROM number
            """)
        try fixture.database.run("UPDATE derived SET next_id = 0")
    }

    /// What counts are the rows that wait, however far apart their ids are.
    @Test func aGapInTheIDsIsNoWork() throws {
        try add("first.png", path: "2024/04/first.png")
        try fixture.database.passOver(IDGap(10_000_000))
        let last = try add("second.png", path: "2024/04/second.png")
        #expect(last > 10_000_000)
        #expect(try store.isComplete(.names) && found("png") == ["second.png", "first.png"])
        for number in 0..<NameIndex.batch { try add("Name \(number).png", path: "2024/04/n\(number).png") }
        #expect(try store.deriving.next(.names) > last && store.isComplete(.names) && found("png").first == "Name \(NameIndex.batch - 1).png")
        try expectSoundIndex()
    }

    /// Behind a migration, `imagebed index` adds the rows; an upload does not do its work.
    @Test func manyRowsAreNotAnUploadsWork() throws {
        try add("first.png", path: "2024/04/first.png")
        try leaveIndexToBeMade()
        try add("second.png", path: "2024/04/second.png")
        #expect(try !store.isComplete(.names) && store.deriving.next(.names) == 0)
        #expect(try found("second") == ["second.png"])
        try store.derive(.names)
        #expect(try store.isComplete(.names))
    }

    /// The list with page numbers counts what it finds, by the index or without it.
    @Test func listsFindTheSameWithAndWithoutTheIndex() throws {
        for number in 0..<60 { try add("Name \(number).png", path: "2024/04/n\(number).png", isPublic: number % 5 != 0) }
        let requests = ["name 1", "NAME", "4.p", "e", "%", "名"].flatMap { text in [nil, 1].map { ListRequest(search: text, owner: $0) } }
        let byIndex = try requests.map { try store.list($0) }
        try leaveIndexToBeMade()
        let byReading = try requests.map { try store.list($0) }
        for (one, other) in zip(byIndex, byReading) { #expect(one.files.map(\.id) == other.files.map(\.id) && one.total == other.total) }
        #expect(byIndex[0].files.count > 0 && byIndex.last?.total == 0)
    }

    /// FTS5 merges all parts of a level at once when there are 16 of them (its crisis), which takes seconds among a million names.
    @Test(.enabled(if: TestDatabase.engine == .sqlite, "of FTS5")) func partsAreMergedBeforeThereAreSixteen() throws {
        let start = try fixture.database.first("SELECT v FROM file_search_config WHERE k = 'automerge'") { $0.integer(0) }
        #expect(try (2...15).contains(#require(start)))
    }

    /// Each part is read by every search.
    @Test(.enabled(if: TestDatabase.engine == .sqlite, "of FTS5")) func anIndexOfManyPartsBecomesOne() throws {
        for number in 0..<NameIndex.batch * 5 { try add("Name \(number).png", path: "2024/04/n\(number).png") }
        let matches = try found("name 1")
        #expect(try parts() > 1)
        try store.mergeNames(intoOne: true)
        #expect(try parts() == 1 && found("name 1") == matches)
        try store.mergeNames()
        #expect(try parts() == 1)
        try store.deriveAnew(.names)
        try store.derive(.names)
        #expect(try parts() == 1 && found("name 1") == matches)
    }

    /// The number of parts; their pages have ids from 2^37 on (https://www.sqlite.org/src/file/ext/fts5/fts5_index.c).
    private func parts() throws -> Int {
        try fixture.database.first("SELECT COUNT(DISTINCT id >> 37) FROM file_search_data WHERE id >> 37 > 0") { $0.integer(0) } ?? 0
    }
}
