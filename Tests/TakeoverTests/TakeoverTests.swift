// The pieces of an import and an export that need no site; whole ones are tested on the wire, where each has a process of its own.

import Disk
import EasyImages
import Glibc
import Media
import MediaStore
@testable import Takeover
import Site
import TestSupport
import Testing
import Time

/// An old site with one day of pictures, and a data folder beside it.
private struct Desk {
    let temporary = TemporaryFolder()
    var root: String { temporary.path + "/old" }
    var data: DataFolder { DataFolder(temporary.path + "/var") }

    init(config: String = "<?php $config=['path'=>'/i/','domain'=>'http://a.test'];") throws {
        for name in ["old", "old/config", "old/i", "old/i/2025", "old/i/2025/07", "old/i/2025/07/01", "var", "var/uploads", "var/recycle"] {
            mkdir("\(temporary.path)/\(name)", 0o755)
        }
        temporary.write(Array(config.utf8), as: "old/config/config.php")
    }
}

@Suite struct OldSiteTests {
    @Test func files() throws {
        let desk = try Desk()
        let oldSite = try OldSite(desk.root + "/./")
        #expect(oldSite.root == desk.root && oldSite.store == desk.root + "/i" && oldSite.recycleBin == desk.root + "/i/recycle")
        #expect(try oldSite.files(in: OldSite.logFolder) == [])
        #expect(oldSite.tokens.count == 0 && oldSite.uploaders.count == 0)
    }

    @Test func aFileOverTheLimitIsNotReadIntoMemory() throws {
        let desk = try Desk()
        let descriptor = open("\(desk.root)/config/api_key.php", O_WRONLY | O_CREAT, 0o644)
        ftruncate(descriptor, off_t(PHPArrayLimits.settings.bytes) + 1)
        close(descriptor)
        let error = #expect(throws: TakeoverError.self) { try OldSite(desk.root) }
        #expect(error?.description.contains("api_key.php has more than 8 MB") == true)
    }
}

@Suite struct LinkedTreeTests {
    @Test func linksAreMadeOnce() throws {
        let desk = try Desk()
        let oldSite = try OldSite(desk.root)
        mkdir("\(desk.data.uploads)/.incoming", 0o755)
        mkdir("\(desk.data.uploads)/.incoming/resumable", 0o755)
        for _ in 1...2 {
            try LinkedTree.check(desk.data, oldSite)
            try LinkedTree.make(desk.data, oldSite)
            #expect(desk.data.takenOverStore == oldSite.store)
            #expect(access(oldSite.recycleBin, F_OK) == 0 && access("\(desk.data.recycleBin)/.", F_OK) == 0)
        }
    }

    @Test(arguments: ["uploads", "recycle"])
    func whatHoldsFilesIsNotReplaced(_ name: String) throws {
        let desk = try Desk()
        desk.temporary.write([1], as: "var/\(name)/a.jpg")
        let error = #expect(throws: TakeoverError.self) { try LinkedTree.check(desk.data, OldSite(desk.root)) }
        #expect(error?.description.contains("a.jpg") == true)
        #expect(throws: DiskError.self) { try LinkedTree.make(desk.data, OldSite(desk.root)) }
        #expect(desk.temporary.read("var/\(name)/a.jpg") == [1])
    }

    @Test func aLinkElsewhereIsRefused() throws {
        let desk = try Desk()
        rmdir(desk.data.uploads)
        symlink("/nowhere", desk.data.uploads)
        let error = #expect(throws: TakeoverError.self) { try LinkedTree.check(desk.data, OldSite(desk.root)) }
        #expect(error?.description.contains("/nowhere") == true)
    }
}

@Suite struct LinkedFoldersTests {
    @Test func linksToFoldersAreFoundToADepth() throws {
        let desk = try Desk()
        let store = "\(desk.root)/i"
        for name in ["2024", "2025/06", "2025/07/02", "2025/07/01/x", "recycle", "suspic"] { symlink(desk.temporary.path, "\(store)/\(name)") }
        symlink("/nowhere", "\(store)/2023")
        symlink("2022", "\(store)/2022")
        func found(_ depth: Int) -> [String] { LinkedFolders.find(in: store, depth: depth).map { String($0.path.dropFirst(store.utf8.count + 1)) } }
        #expect(found(1) == ["2024"] && found(3) == ["2024", "2025/06", "2025/07/02"])
        #expect(found(32) == ["2024", "2025/06", "2025/07/01/x", "2025/07/02"])
        #expect(LinkedFolders.find(in: store).allSatisfy { $0.target == desk.temporary.path })
        #expect(LinkedFolders.find(in: "/nowhere") == [])
    }
}

@Suite struct LogIndexTests {
    /// The index of two logs, the second of JSON lines.
    private func index(_ temporary: TemporaryFolder, flatNames: Set<String> = [], holding: Int) throws -> LogIndex {
        let array = """
            <?php $logs=['a.jpg'=>['path'=>'/i/2025/a.jpg','source'=>'A'], 'x'=>['path'=>'/elsewhere/x.jpg'], 'n'=>'nothing',
            'b.jpg'=>['path'=>'/i/2025/b_c.jpg','source'=>'first']];
            """
        let lines = #"<?php exit;?>"# + "\n" + #"{"path":"/i/2025/b_c.jpg","source":"second"}"# + "\n{"
        temporary.write(Array(array.utf8), as: "1.php")
        temporary.write(Array(lines.utf8), as: "2.php")
        let folder = try Folder(temporary.path)
        var index = LogIndex(prefix: "/i/", flatNames: flatNames, holding: holding) { try folder.file($0) }
        var (good, bad) = (0, 0)
        for name in ["1.php", "2.php"] { try index.add(name, folder.file(name)) { if $0 != nil { good += 1 } else { bad += 1 } } }
        index.sort()
        #expect((good, bad) == (4, 2) && index.unusedCount == 2)
        return index
    }

    /// Whether entries are in memory, or read again.
    @Test(arguments: [0, 1, 9]) func eachPathIsTakenOnceAndItsLastLineCounts(holding: Int) throws {
        let temporary = TemporaryFolder()
        var index = try index(temporary, holding: holding)
        #expect(index.take(ByteText("2025/b_c.jpg"))?.originalName.text == "second" && index.take(ByteText("2025/a.jpg"))?.originalName.text == "A")
        #expect(index.take(ByteText("2025/a.jpg")) == nil && index.take(ByteText("x.jpg")) == nil && index.unusedCount == 0)
    }

    @Test(arguments: [0, 1, 9]) func pathsOfFlatNames(holding: Int) throws {
        let temporary = TemporaryFolder()
        var index = try index(temporary, flatNames: ["2025_b_c.jpg", "2025_none.jpg"], holding: holding)
        #expect(index.paths(flat: "2025_b_c.jpg").map(\.text) == ["2025/b_c.jpg"])
        #expect(index.paths(flat: "2025_none.jpg") == [] && index.paths(flat: "2025_a.jpg") == [])
        _ = index.take(ByteText("2025/b_c.jpg"))
        #expect(index.paths(flat: "2025_b_c.jpg") == [])
    }

    @Test func aLogThatChangedTellsNothingWrong() throws {
        let temporary = TemporaryFolder()
        var index = try index(temporary, holding: 0)
        temporary.write(Array("<?php $logs=['z.jpg'=>['path'=>'/i/2025/z.jpg','source'=>'Z'], 'y.jpg'=>['path'=>'/i/2025/y.jpg']];".utf8), as: "1.php")
        #expect(index.take(ByteText("2025/a.jpg")) == nil)
    }
}

@Suite struct LogFactTests {
    @Test(arguments: ["2025-07-01 10:15:00", "1999-12-31 23:59:59"])
    func dates(_ text: String) throws { #expect(SiteTime(try #require(LogFact.seconds(text))).text.hasSuffix(text.suffix(8))) }

    @Test(arguments: ["", "2025-07-01", "2025-13-01 00:00:00", "2025-07-01 10:15", "a-b-c d:e:f", "2025-07-01 10:15:00 x"])
    func noDates(_ text: String) { #expect(LogFact.seconds(text) == nil) }
}

@Suite struct KeptFilesTests {
    @Test func keptOnceAndClosed() throws {
        let desk = try Desk()
        let kept = KeptFiles(desk.data)
        #expect(!kept.hasSettings)
        #expect(try kept.keep(OldSite.configFile, [1, 2]) && !kept.keep(OldSite.configFile, [1, 2]) && kept.keep(OldSite.configFile, [3]))
        #expect(kept.hasSettings)
        #expect(try kept.bytes(of: OldSite.configFile) == [3] && kept.bytes(of: "config/none.php") == nil)
        #expect(try kept.files(in: "config") == [OldSite.configFile] && kept.files(in: "admin") == [])
        var status = stat()
        #expect(stat(kept.path, &status) == 0 && status.st_mode & 0o777 == 0o700)
        #expect(stat("\(kept.path)/\(OldSite.configFile)", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }

    @Test func theDeleteKeyIsTheRecordedChecksum() throws {
        let desk = try Desk()
        let kept = KeptFiles(desk.data)
        for vector in Vectors.part("password_vectors").all {
            try kept.keepDeleteKey(ofPassword: vector["stored"].text)
            #expect(String(decoding: try kept.bytes(of: DataFolder.oldDeleteKey) ?? [], as: UTF8.self) == vector["crc32_of_stored"].text)
        }
    }
}
