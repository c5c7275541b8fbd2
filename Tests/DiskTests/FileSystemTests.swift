import Disk
import TestSupport
import Testing

@Suite struct FileSystemTests {
    let folder = TemporaryFolder()
    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    @Test func foldersAreMadeOnce() throws {
        #expect(try FileSystem.makeFolder(path("a"), mode: 0o700))
        #expect(try !FileSystem.makeFolder(path("a")))
        #expect(FileStatus(at: path("a"))?.kind == .folder && FileStatus(at: path("a"))?.permissions == 0o700)
        #expect(throws: DiskError.self) { try FileSystem.makeFolder(path("b/c")) }
        try FileSystem.removeEmptyFolder(path("a"))
        #expect(!FileSystem.exists(path("a")))
    }

    @Test func linksAreFollowedOrLookedAt() throws {
        try FileSystem.makeFile(path("file"), mode: 0o640)
        try FileSystem.makeLink(path("link"), to: "file")
        #expect(FileSystem.linkTarget(of: path("link")) == "file" && FileSystem.linkTarget(of: path("file")) == nil)
        #expect(FileStatus(at: path("link"), followsLink: false)?.kind == .link)
        #expect(FileStatus(at: path("link"))?.identity == FileStatus(at: path("file"))?.identity)
        #expect(try FileSystem.resolve(path("link")) == FileSystem.resolve(path("file")))
        #expect(FileSystem.removeFile(path("file")) && FileSystem.removeFile(path("file")))
        #expect(!FileSystem.exists(path("link")) && FileStatus(at: path("link")) == nil)
        #expect(throws: DiskError.self) { try FileSystem.resolve(path("link")) }
    }

    @Test func whatIsMissingIsSaid() {
        let refusal = FileSystem.refusal(of: [.read, .enter], at: path("nothing"))
        #expect(refusal?.isAbsent == true && refusal?.reason == "No such file or directory")
        #expect(FileSystem.refusal(of: [.read, .write, .enter], at: folder.path) == nil)
    }

    @Test func foldersAboveAPath() {
        #expect(FileSystem.folders(above: "/a/b/c") == ["/", "/a", "/a/b"])
        #expect(FileSystem.folders(above: "/a") == ["/"] && FileSystem.folders(above: "/") == ["/"])
        #expect(FileSystem.closedFolder(above: path("nothing/at/all")) == nil)
    }

    @Test func temporaryFoldersAreNew() throws {
        let made = try FileSystem.makeTemporaryFolder(named: "imagebed-test")
        defer { try? FileSystem.removeEmptyFolder(made) }
        #expect(made.hasPrefix("/tmp/imagebed-test-") && FileStatus(at: made)?.permissions == 0o700)
    }
}

@Suite struct MappingTests {
    @Test(arguments: [0, 1, 5_000]) func aMappingOutlivesItsFile(size: Int) throws {
        let folder = TemporaryFolder()
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        try Folder(folder.path).replace("file", with: bytes, mode: 0o600)
        let mapping = try File(at: "\(folder.path)/file").map()
        FileSystem.removeFile("\(folder.path)/file")
        #expect(Array(mapping.bytes) == bytes)
    }
}

@Suite struct HeldLockTests {
    @Test func whetherALockIsHeldIsSeenFromOutside() throws {
        let folder = TemporaryFolder()
        #expect(!Lock.isHeld("\(folder.path)/lock"))
        var lock = try Folder(folder.path).lock("lock")
        #expect(lock != nil && Lock.isHeld("\(folder.path)/lock"))
        lock = nil
        #expect(!Lock.isHeld("\(folder.path)/lock"))
    }
}
