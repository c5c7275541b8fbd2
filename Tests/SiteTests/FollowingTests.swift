import Database
import Disk
import Media
import MediaStore
import PostgreSQL
@testable import Site
import TestSupport
import Testing

/// Two nodes of a site, with thumbnails of their own, which follow each other.
@Suite(.enabled(if: DatabaseServer.shared != nil, "apt install postgresql")) struct FollowingTests {
    let folder = TemporaryFolder()
    let words: String
    let one: Site
    let other: Site

    init() throws {
        words = try #require(DatabaseServer.shared).makeDatabase()
        let first = DataFolder("\(folder.path)/web1"), second = DataFolder("\(folder.path)/web2")
        for (data, name) in [(first, "web1"), (second, "web2")] {
            try FileSystem.makeFolder(data.path)
            try Folder(data.path).replace(ClusterFile.name, with: Array("database = \(words)\nnode = \(name)\n".utf8), mode: 0o600)
        }
        try first.create()
        try SiteSchema.update(first)
        try Folder(second.path).replace(DataFolder.secretName, with: Folder(first.path).bytes(of: DataFolder.secretName, limit: 100) ?? [], mode: 0o600)
        try second.create()
        (one, other) = (try Site(data: first), try Site(data: second))
    }

    private func thumbnail(_ path: String, of site: Site) throws -> String {
        let home = try Folder(site.data.thumbnails).folder(path, creates: true)
        try home.replace("320.jpg", with: [1], mode: 0o644)
        return "\(site.data.thumbnails)/\(path)/320.jpg"
    }

    private func follow(_ site: Site, isNoted: Bool = false) throws -> (report: FollowReport?, hasApplied: Bool) {
        var hasApplied = false
        let report = try site.follow(isNoted: isNoted) { hasApplied = true }
        return (report, hasApplied)
    }

    @Test func aNewNodeKeepsNoThumbnail() throws {
        let file = try thumbnail("2026/11/a.png", of: other)
        let (report, hasApplied) = try follow(other)
        #expect(report?.clearedThumbnails == 1 && hasApplied && !FileSystem.exists(file))
        #expect(try other.followingNodes == ["web2"] && other.silence(of: "web2") ?? 9 <= 5 && other.silence(of: "web1") == nil)
        // Then there is nothing more to do.
        let kept = try thumbnail("2026/11/b.png", of: other)
        let again = try follow(other)
        #expect(again.report == FollowReport() && !again.hasApplied && FileSystem.exists(kept))
    }

    @Test func whatOneRemovesHasNoThumbnailAtTheOther() throws {
        _ = try (follow(one), follow(other))
        let (gone, kept) = try (thumbnail("2026/11/a.png", of: other), thumbnail("2026/11/b.png", of: other))
        try one.uploads.folder("2026/11", creates: true).replace("a.png", with: [1], mode: 0o644)
        #expect(try one.store.removeUnknown(#require(StoredPath("2026/11/a.png"))))
        #expect(try follow(other).report?.removals == 1)
        #expect(!FileSystem.exists(gone) && FileSystem.exists(kept))
        #expect(try follow(other).report == FollowReport())
    }

    /// A file without a row is not found again: whatever fails once it is gone, others have been told.
    @Test func whatFailsAfterARemovalIsToldNevertheless() throws {
        let month = try one.uploads.folder("2026/11", creates: true)
        for name in ["a.png", "b.png"] { try month.replace(name, with: [1], mode: 0o644) }
        // (Nobody can be told of that one.)
        try ServerConnection(words).execute("ALTER TABLE removal ADD CHECK (path <> '2026/11/b.png')")
        #expect(throws: (any Error).self) { try one.store.removeUnknown(#require(StoredPath("2026/11/b.png"))) }
        #expect(one.uploads.holds("2026/11/b.png"))
        #expect(throws: (any Error).self) { try one.store.deleteFolder(#require(StoredPath("2026/11"))) }
        #expect(one.uploads.holds("2026/11/a.png") && one.uploads.holds("2026/11/b.png"))
    }

    /// What a node did after an older copy of the database was made is not in that.
    @Test func afterAnOlderDatabaseNodesBeginAnew() throws {
        _ = try (follow(one), follow(other))
        try SiteSchema.passOverIDs(one.data)
        #expect(try one.followingNodes.isEmpty)
        let file = try thumbnail("2026/11/a.png", of: other)
        let (report, hasApplied) = try follow(other)
        #expect(report?.clearedThumbnails == 1 && hasApplied && !FileSystem.exists(file))
        // A copy that was made before there were such tables has nothing to forget.
        try ServerConnection(words).execute("DROP TABLE node")
        try SiteSchema.passOverIDs(one.data)
    }

    @Test func manyAtOnce() throws {
        _ = try follow(other)
        try other.database.run("INSERT INTO removal (path, at) SELECT '2026/11/' || n || '.png', 0 FROM generate_series(1, 1201) AS n")
        let file = try thumbnail("2026/11/1201.png", of: other)
        #expect(try follow(other).report?.removals == 1201 && !FileSystem.exists(file))
    }

    @Test func otherSettingsAreApplied() throws {
        _ = try (follow(one), follow(other))
        try one.store([("deduplicate", "off")])
        let (report, hasApplied) = try follow(other)
        #expect(report?.hasNewSettings == true && hasApplied)
        #expect(try !follow(other).hasApplied)
        // What was not applied is tried again.
        try one.store([("deduplicate", "on")])
        #expect(throws: CancellationError.self) { try other.follow(isNoted: true) { throw CancellationError() } }
        #expect(try follow(other).hasApplied)
    }

    /// What a node has missed for longer than others keep it would never be told.
    @Test func whatEverybodyFollowedIsForgotten() throws {
        _ = try (follow(one), follow(other))
        try one.database.run("INSERT INTO removal (path, at) SELECT 'a' || n, extract(epoch FROM now())::bigint FROM generate_series(1, 5) AS n")
        _ = try follow(one)
        try one.tidyNodes()
        #expect(try one.database.first("SELECT COUNT(*) FROM removal") { $0.integer(0) } == 5)
        _ = try follow(other)
        try one.tidyNodes()
        #expect(try one.database.first("SELECT COUNT(*) FROM removal") { $0.integer(0) } == 0)
        try one.database.run("UPDATE node SET seen_at = seen_at - ? WHERE name = 'web2'", Site.followPatience + 9)
        try one.tidyNodes()
        #expect(try one.followingNodes == ["web1"])
        let file = try thumbnail("2026/11/a.png", of: other)
        #expect(try follow(other).report?.clearedThumbnails == 1 && !FileSystem.exists(file))
    }

    @Test func aNodeSaysThatItIsThere() throws {
        _ = try follow(one)
        try one.database.run("UPDATE node SET seen_at = 0")
        #expect(try follow(one).report == FollowReport() && one.silence(of: "web1") ?? 0 > 1_000)
        #expect(try follow(one, isNoted: true).report == FollowReport() && one.silence(of: "web1") ?? 1_000 < 60)
    }

    /// Databases that earlier versions of this program made.
    @Test(arguments: [("ALTER TABLE lease DROP COLUMN token", ["lease.token"]), ("DROP TABLE lease", ["lease.name", "lease.token"]),
                      ("DROP TABLE removal; DROP TABLE node", ["removal.id", "node.name"]),
                      ("DROP TABLE counter_slot CASCADE; DROP TABLE shelf_slot CASCADE", ["counter_slot.slot", "shelf_slot.slot"]),
                      ("DROP TABLE settings_version; DROP FUNCTION settings_version_grows() CASCADE", ["settings_version.version"])])
    func aDatabaseThatLacksTables(_ harm: String, _ missing: [String]) throws {
        try ServerConnection(words).execute(harm)
        #expect(try SiteSchema.missing(one.data) == missing)
        let error = try #require(throws: IncompleteDatabase.self) { try Site(data: other.data) }
        #expect(error.description.hasSuffix("had \(missing.joined(separator: ", ")): sudo imagebed setup --data \(other.data.path) adds that and changes nothing else"))
        #expect(try SiteSchema.update(one.data) == nil && SiteSchema.missing(one.data) == [])
        _ = try Site(data: other.data)
    }
}
