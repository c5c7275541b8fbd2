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
        ftruncate(descriptor, off_t(PHPArrayLimits().bytes) + 1)
        close(descriptor)
        #expect(throws: DiskError.self) { try OldSite(desk.root) }
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
