@testable import Backup
import Disk
import Glibc
import Media
import MediaStore
import Site
import SQLite
import SyncStore
import TestSupport
import Testing

/// A site with some files, and what happens to it between the copy of its database and the taking of its files.
@Suite struct SiteBackupTests {
    let temporary = TemporaryFolder()
    let site: Site

    init() throws {
        let data = DataFolder(temporary.path + "/data")
        try data.create()
        try SiteSchema.update(data)
        site = try Site(data: data)
        try #require(mkdir(backup, 0o700) == 0)
    }

    var backup: String { temporary.path + "/backup" }

    private func keep(_ text: String, in site: Site? = nil) throws -> StoredFile {
        let site = site ?? self.site
        let draft = try Draft(in: site.uploads)
        try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
        let hash = Array(text.utf8)
        let new = NewFile(facts: MediaFacts(type: .png, width: 4, height: 3), originalName: ClientName("a.png"), sha256: hash, sentSHA256: hash)
        return try site.store.keep(draft, as: new, owner: nil, deduplicates: false).file
    }

    /// Backs up; `meanwhile` runs once when the copy of the database has its moment, on a connection of its own.
    private func run(meanwhile: @escaping (Site) throws -> Void = { _ in }) throws -> BackupReport {
        let (other, done) = (try Site(data: site.data), Once())
        let report = try whenUnlocked {
            try SiteBackup(site, into: backup) { progress in
                guard progress.part == .database, !done.isDone else { return }
                done.isDone = true
                do { try meanwhile(other) } catch { done.error = error }
            }
        }.run()
        if let error = done.error { throw error }
        #expect(done.isDone)
        return report
    }

    /// A vulgar fraction is a number to Unicode, and none in a name of ours.
    @Test(arguments: ["imagebed-½", "secret-x"]) func aFolderWithForeignFilesIsRefused(name: String) throws {
        temporary.write([], as: "backup/lock")
        temporary.write([1], as: "backup/\(name)")
        let refusal = #expect(throws: BackupError.self) { _ = try whenUnlocked { try SiteBackup(site, into: backup) }.run() }
        #expect(refusal?.description.contains("holds something else (\(name))") == true)
        #expect(temporary.read("backup/\(name)") == [1])
    }

    private final class Once {
        var isDone = false
        var error: (any Error)?
    }

    /// The lock of a backup folder lives on for a moment in a child that another test has just forked.
    private func whenUnlocked<Value>(_ body: () throws -> Value) throws -> Value {
        for _ in 0..<1_000 {
            do { return try body() } catch let error as BackupError where error.description.contains("is at work") { usleep(10_000) }
        }
        return try body()
    }

    private func restored() throws -> (site: Site, check: CheckReport) {
        let data = DataFolder(temporary.path + "/restored")
        try whenUnlocked { try SiteRestore(backup, into: data) }.run()
        let site = try Site(data: data)
        return (site, try SiteCheck(site, strayAge: 0).run())
    }

    @Test func whatIsDeletedMeanwhileIsTakenFromTheRecycleBin() throws {
        let (one, other) = (try keep("one"), try keep("other"))
        let report = try run { _ = try $0.store.delete(one.id) }
        #expect(report.missing == [] && report.files == 2)
        let (site, check) = try restored()
        #expect(check.isWhole && check.rows == 2, "\(check)")
        #expect(try site.store.file(one.id)?.path == one.path && site.uploads.holds(one.path.text))
        #expect(try site.store.file(other.id) != nil)
    }

    @Test func whatIsRemovedForGoodMeanwhileIsForgotten() throws {
        let (one, other, bin) = (try keep("one"), try keep("other"), try keep("bin"))
        _ = try site.store.delete(bin.id)
        let report = try run {
            _ = try $0.store.delete(one.id, recycles: false)
            _ = try $0.store.collectGarbage(GarbageRules(recycleDays: -1))
        }
        #expect(report.missing == [] && report.files == 1)
        let (site, check) = try restored()
        #expect(check.isWhole && check.rows == 1, "\(check)")
        #expect(try site.store.file(one.id) == nil)
        #expect(try site.store.file(other.id) != nil)
    }

    @Test func whatComesBackMeanwhileIsTakenFromItsPlace() throws {
        let one = try keep("one")
        _ = try site.store.delete(one.id)
        let report = try run { _ = try $0.store.restore(one.path.flat) }
        #expect(report.missing == [])
        let (site, check) = try restored()
        #expect(check.isWhole && check.rows == 1, "\(check)")
        #expect(try site.store.restore(one.path.flat)?.path == one.path)
    }

    /// Of another size, and of the same.
    @Test(arguments: ["another", "two"]) func whatIsReplacedMeanwhileHasARowThatSaysSo(text: String) throws {
        let one = try keep("one")
        let report = try run { site in
            let draft = try Draft(in: site.uploads)
            try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
            let hash = Array(text.utf8)
            let new = NewFile(facts: MediaFacts(type: .png, width: 8), originalName: ClientName("b.png"), sha256: hash, sentSHA256: hash)
            #expect(try site.store.replace(one.id, with: draft, as: new, of: nil) != nil)
        }
        #expect(report.missing == [])
        let (site, check) = try restored()
        #expect(check.isWhole && check.rows == 1, "\(check)")
        let row = try #require(try site.store.file(one.id))
        #expect(row.size == text.utf8.count && row.sha256 == Array(text.utf8) && row.width == 8)
        #expect(temporary.read("restored/uploads/\(one.path.text)") == Array(text.utf8))
        #expect(try RecordedFileRows(site.database).replaced().isEmpty)
        let again = try run()
        #expect(again.missing == [] && again.files == 2, "the former content too")
    }

    @Test func whatComesMeanwhileWaitsForTheNextBackup() throws {
        _ = try keep("one")
        #expect(try run { _ = try keep("late", in: $0) }.files == 1)
        #expect(try restored().check.isWhole)
        #expect(try run().files == 2)
    }

    @Test func aDeletionThatWasInterruptedIsFinishedAfterTheRestore() throws {
        let one = try keep("one")
        try site.database.run("UPDATE file SET state = 1, deleted_at = 1 WHERE id = ?", one.id)
        let report = try run { site in
            let failures = try site.store.finishDeletions()
            #expect(failures.isEmpty)
        }
        #expect(report.missing == [])
        let (site, check) = try restored()
        #expect(check.isWhole, "\(check)")
        _ = site.tidyUp()
        #expect(try site.store.restore(one.path.flat)?.path == one.path)
    }

    @Test func aNameGivenAgainIsNotTakenForItsFormerFile() throws {
        let one = try keep("one")
        _ = try run()
        // As the old forms do once the first is gone for good.
        try site.uploads.remove(one.path.text)
        try site.uploads.folder(one.path.folder).replace(one.path.name, with: Array("another".utf8), mode: 0o644)
        try site.database.run("UPDATE file SET size = 7 WHERE id = ?", one.id)
        let report = try run { _ = try $0.store.delete(one.id) }
        #expect(report.missing == [])
        let (site, check) = try restored()
        #expect(check.isWhole, "\(check)")
        #expect(try site.uploads.bytes(of: one.path.text, limit: 100) == Array("another".utf8))
    }

    @Test func contentsThatAreGivenUpMeanwhileNeedAnotherCopy() throws {
        let hash = [UInt8](repeating: 0xab, count: 32), name = String(repeating: "ab", count: 32)
        let home = try site.sync.folder.folder("ab", creates: true)
        try home.replace(name, with: [1, 2, 3], mode: 0o644)
        try site.database.run("INSERT INTO sync_content (hash, size, coding, created_at) VALUES (?, 3, 2, 1)", hash)
        let report = try run {
            try $0.database.run("DELETE FROM sync_content")
            try home.remove(name)
        }
        #expect(report.missing == [] && report.files == 0)
        let (site, check) = try restored()
        #expect(check.isWhole)
        #expect(try site.sync.contentCount() == 0)
    }

    @Test func contentsInFilesComeAlong() throws {
        let hash = [UInt8](repeating: 0xab, count: 32), name = String(repeating: "ab", count: 32)
        try site.sync.folder.folder("ab", creates: true).replace(name, with: [1, 2, 3], mode: 0o644)
        try site.sync.folder.folder("cd", creates: true).replace(String(repeating: "cd", count: 32), with: [1], mode: 0o644)
        try site.database.run("INSERT INTO sync_content (hash, size, coding, created_at) VALUES (?, 3, 2, 1)", hash)
        #expect(try run().files == 1, "a content that no row names is none")
        let (site, check) = try restored()
        #expect(check.isWhole && site.sync.folder.holds("ab/\(name)"))
        try site.sync.folder.remove("ab/\(name)")
        #expect(try SiteCheck(site).run().missing == ["json/ab/\(name)"])
    }

    @Test func aDamagedDatabaseReplacesNoBackup() throws {
        for number in 0..<200 { _ = try keep("file \(number)") }
        _ = try run()
        let before = temporary.read("backup/manifest")
        _ = try site.database.first("PRAGMA wal_checkpoint(TRUNCATE)") { $0.integer(0) }
        let file = open(site.data.database, O_WRONLY)
        var rubbish = [UInt8](repeating: 0x5a, count: 8_192)
        pwrite(file, &rubbish, rubbish.count, 8_192)
        close(file)
        #expect(throws: (any Error).self) { try whenUnlocked { try SiteBackup(Site(data: site.data), into: backup) }.run() }
        #expect(temporary.read("backup/manifest") == before)
    }

    @Test func theSecretIsOnlyMadeForANewSite() throws {
        let secret = temporary.read("data/secret")
        #expect(secret.count == 64)
        try site.data.create()
        #expect(temporary.read("data/secret") == secret)
        unlink(site.data.secret)
        #expect(throws: SetupError.self) { try site.data.create() }
        #expect(temporary.read("data/secret") == [])
        try site.data.create(replacesSecret: true)
        #expect(temporary.read("data/secret").count == 64 && temporary.read("data/secret") != secret)
    }
}
