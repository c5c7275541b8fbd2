import Database
import Media
@testable import MediaStore
import Testing

/// The list of the API behind cursors.
@Suite struct CursorTests {
    let fixture: Fixture
    private var store: MediaStore { fixture.store }

    init() throws { fixture = try Fixture() }

    /// Every third has a name of its own.
    private func fill(_ numbers: Range<Int>) throws { try fixture.fill(numbers) { $0 % 3 == 0 ? "sea \($0).png" : "假日 \($0).png" } }

    private static let lists = ListOrder.allCases.flatMap { order in
        [true, false].flatMap { descending in
            [nil, MediaKind.video].flatMap { kind in
                [nil, "sea", "日 1", "a", "%"].flatMap { search in
                    [nil, 1].map {
                        ListRequest(page: Paging(size: 7), order: order, descending: descending, kind: kind, search: search, owner: $0)
                    }
                }
            }
        }
    }

    private func pages(_ list: ListRequest) throws -> [Int] {
        let count = list.page.count(of: try #require(try store.list(list).total))
        return try (1...max(count, 1)).flatMap { number in
            try store.list(ListRequest(page: Paging(number, size: 7), order: list.order, descending: list.descending, kind: list.kind,
                                       search: list.search, owner: list.owner)).files.map(\.id)
        }
    }

    private func walk(_ list: ListRequest, meanwhile act: ([Int]) throws -> Void = { _ in }) throws -> [Int] {
        var listed = try store.list(list)
        var found = listed.files.map(\.id)
        while let cursor = listed.next {
            try act(found)
            listed = try store.list(list.from(#require(store.position(of: cursor, in: list))))
            #expect(listed.total == nil && listed.files.count <= 7)
            found += listed.files.map(\.id)
        }
        return found
    }

    @Test func cursorsLeadThroughTheListThatPagesShow() throws {
        try fill(0..<120)
        for list in Self.lists { #expect(try walk(list) == pages(list), "\(list)") }
    }

    /// By the index of names and by reading them.
    @Test(arguments: [nil, "sea", "a"]) func filesThatComeAndGoShiftNothing(search: String?) throws {
        try fill(0..<200)
        let list = ListRequest(page: Paging(size: 7), search: search)
        let before = try pages(list)
        var (number, gone) = (200, Set<Int>())
        let seen = try walk(list) { seen in
            try fill(number..<number + 5)
            number += 5
            let victim = before[number * 31 % before.count]
            if !seen.contains(victim) { gone.insert(victim) }
            try fixture.database.run("UPDATE file SET state = 2 WHERE id = ?", victim)
        }
        #expect(Set(seen).count == seen.count, "no file twice")
        #expect(before.filter { !gone.contains($0) }.allSatisfy(seen.contains), "none left out")
    }

    /// In whatever order, one file of a rare type is not searched through parts.
    @Test func rareFilesAreFoundInTime() throws {
        try fill(0..<6_000)
        try fixture.database.run("UPDATE file SET kind = 'image', type = 'png'")
        try fixture.database.run("UPDATE file SET kind = 'video', type = 'mp4' WHERE id IN (SELECT MIN(id) FROM file WHERE views = 0 AND is_public = 1)")
        let list = ListRequest(page: Paging(size: 7), order: .views, kind: .video)
        let first = try #require(try store.list(ListRequest(page: Paging(size: 1), order: .views)).files.first)
        var position: ListPosition? = ListPosition(first, in: .views)
        var (found, parts) = ([Int](), 0)
        while let place = position {
            let listed = try store.list(list.from(place))
            (found, parts) = (found + listed.files.map(\.id), parts + 1)
            position = listed.next.flatMap { store.position(of: $0, in: list) }
        }
        #expect(found.count == 1 && parts == 1)
    }

    @Test func aCursorIsOfOneList() throws {
        try fill(0..<40)
        let list = ListRequest(page: Paging(size: 7))
        let cursor = try #require(try store.list(list).next)
        #expect(cursor.utf8.count == 43 && store.position(of: cursor, in: ListRequest(page: Paging(3, size: 50))) != nil, "whatever the page")
        for other in Self.lists where other.order != .createdAt || !other.descending || !other.isWholeList {
            #expect(store.position(of: cursor, in: other) == nil, "\(other)")
        }
        #expect(ListCursor(secret: [9]).position(cursor, in: list) == nil)
    }

    @Test func nobodyCanMakeOne() throws {
        try fill(0..<40)
        let list = ListRequest(page: Paging(size: 7))
        let cursor = try #require(try store.list(list).next)
        for place in cursor.indices {
            let other = cursor.replacingCharacters(at: place, with: cursor[place] == "A" ? "B" : "A")
            #expect(store.position(of: other, in: list) == nil)
        }
        let place = ListPosition(.time, key: 1, id: 1).text
        for text in ["", "x", place, cursor + "=", cursor + "A", String(cursor.dropLast()), String(repeating: "A", count: 43), "\u{0}", "' OR 1 --",
                     store.deleteLinks.token(for: 1)] {
            #expect(store.position(of: text, in: list) == nil, "\(text)")
        }
    }
}

extension String {
    fileprivate func replacingCharacters(at place: Index, with character: Character) -> String {
        self[..<place] + String(character) + self[index(after: place)...]
    }
}
