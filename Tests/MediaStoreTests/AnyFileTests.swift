// What the command line asks for files.

import Media
@testable import MediaStore
import Testing

@Suite struct AnyFileTests {
    private let fixture: Fixture

    init() throws { fixture = try Fixture() }

    @Test func filesInEachState() throws {
        let (one, two, other) = (try fixture.keep("one", owner: 1).file, try fixture.keep("two", owner: 1).file, try fixture.keep("other", owner: 2).file)
        _ = try fixture.store.delete(one.id)
        func listed(of owner: Int?, recycled: Bool = false, before id: Int? = nil, atMost count: Int = 9) throws -> [Int] {
            try fixture.store.files(FileSelection(owner: owner, isRecycled: recycled), before: id, atMost: count).map(\.id)
        }
        #expect(try listed(of: nil) == [other.id, two.id] && listed(of: 1) == [two.id] && listed(of: nil, recycled: true) == [one.id])
        #expect(try listed(of: nil, before: other.id) == [two.id] && listed(of: nil, atMost: 1) == [other.id] && listed(of: 2, recycled: true) == [])
        #expect(try fixture.store.anyFile(one.id)?.isRecycled == true && fixture.store.anyFile(at: one.path)?.id == one.id)
        #expect(try fixture.store.anyFile(at: two.path)?.isRecycled == false && fixture.store.anyFile(999) == nil)
    }

    private func adopt(_ name: String, _ path: String, type: MediaType = .png, owner: Int? = 1) throws -> Int {
        let file = AdoptedFile(path: try #require(StoredPath(path)), facts: MediaFacts(type: type), originalName: ClientName(name), size: 5,
                               createdAt: 1_700_000_000, owner: owner, sender: nil)
        _ = try fixture.store.adopt([file])
        return try #require(try fixture.store.file(at: file.path)).id
    }

    @Test func filesByNameTypeAndState() throws {
        let holiday = try adopt("假日.png", "2024/04/aaaa.png")
        let clip = try adopt("假日.mp4", "2024/04/bbbb.mp4", type: .mp4, owner: 2)
        let hidden = try adopt("hidden.png", "2024/04/cccc.png", owner: nil)
        try fixture.database.run("UPDATE file SET is_public = 0 WHERE id = ?", hidden)
        func found(_ selection: FileSelection, before id: Int? = nil, atMost count: Int = 9) throws -> [Int] {
            try fixture.store.files(selection, before: id, atMost: count).map(\.id)
        }
        #expect(try found(FileSelection(search: "假日")) == [clip, holiday] && found(FileSelection(search: "BBBB")) == [clip])
        #expect(try found(FileSelection(search: "假日"), before: clip) == [holiday] && found(FileSelection(search: "假日"), atMost: 1) == [clip])
        #expect(try found(FileSelection(owner: 2, search: "假日")) == [clip] && found(FileSelection(search: "假")) == [])
        #expect(try found(FileSelection(filter: .kind(.video))) == [clip] && found(FileSelection(filter: .type(.png))) == [hidden, holiday])
        #expect(try found(FileSelection(isUnlisted: true)) == [hidden] && found(FileSelection(isUnlisted: true, search: "假日")) == [])
        _ = try fixture.store.delete(holiday)
        #expect(try found(FileSelection(search: "假日")) == [clip] && found(FileSelection(isRecycled: true, search: "假日")) == [holiday])
    }
}
