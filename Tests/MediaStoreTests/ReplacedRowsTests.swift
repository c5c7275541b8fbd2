import Disk
import Media
@testable import MediaStore
import Testing

/// What a backup does with the rows of files that were replaced while it was made.
@Suite struct ReplacedRowsTests {
    @Test func aCopyFollowsTheBytes() throws {
        let (site, copy) = (try Fixture(), try Fixture())
        let file = try site.keep("old").file
        _ = try copy.keep("old")
        let draft = try Draft(in: site.store.uploads)
        try Array("newer".utf8).withUnsafeBytes { try draft.write($0) }
        let new = NewFile(facts: MediaFacts(type: .png, width: 9), originalName: ClientName("b.png"), sha256: [1, 2], sentSHA256: [3])
        _ = try site.store.replace(file.id, with: draft, as: new, of: nil)
        let (rows, follower) = (RecordedFileRows(site.store.database), RecordedFileRows(copy.store.database))
        #expect(try rows.replaced() == [file.id] && follower.replaced().isEmpty)
        try follower.follow(rows, file.id)
        let followed = try #require(try copy.store.file(file.id))
        #expect(followed.size == 5 && followed.sha256 == [1, 2] && followed.width == 9 && followed.originalName == "a.png")
    }
}
