// A year's folder may be mounted from another disk: what is linked elsewhere is copied there, and nothing else is different.

@testable import Disk
import Glibc
import TestSupport
import Testing

@Suite(.enabled(if: FileStatus(at: "/dev/shm").map { $0.identity.device != FileStatus(at: "/tmp")?.identity.device } ?? false))
struct OtherFileSystemTests {
    let temporary = TemporaryFolder(), distant = TemporaryFolder(in: "/dev/shm")
    let folder: Folder, other: Folder

    init() throws { (folder, other) = (try Folder(temporary.path), try Folder(distant.path)) }

    @Test func aFileMovesWithItsTime() throws {
        temporary.write([1, 2, 3], as: "a")
        var times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 5), timespec(tv_sec: 1_000_000_000, tv_nsec: 5)]
        #expect(utimensat(AT_FDCWD, temporary.path + "/a", &times, 0) == 0)
        try folder.move("a", to: other, as: "b")
        #expect(!folder.holds("a") && distant.read("b") == [1, 2, 3])
        #expect(FileStatus(at: distant.path + "/b")?.modified == 1_000_000_000)
        #expect(FileStatus(at: distant.path + "/b")?.modifiedNanoseconds == 5)
        // Repeated after a crash that nobody noticed.
        try folder.move("a", to: other, as: "b")
        #expect(try other.entries() == ["b"])
    }

    @Test func aMoveThatWasInterruptedBetweenTheCopyAndTheRemovalGoesOn() throws {
        temporary.write([1, 2, 3], as: "a")
        try folder.link("a", into: other, as: "a")
        #expect(folder.holds("a") && other.holds("a"))
        try folder.move("a", to: other, as: "a")
        #expect(try folder.entries() == [] && other.entries() == ["a"])
    }

    @Test func anotherFileIsNotReplaced() throws {
        temporary.write([1, 2, 3], as: "a")
        distant.write([4, 5, 6], as: "a")
        let error = #expect(throws: DiskError.self) { try folder.move("a", to: other, as: "a") }
        #expect(error?.kind == .exists && temporary.read("a") == [1, 2, 3] && distant.read("a") == [4, 5, 6])
    }

    @Test func aMissingFileIsMissing() throws {
        let error = #expect(throws: DiskError.self) { try folder.move("a", to: other, as: "a") }
        #expect(error?.kind == .missing)
        #expect(try other.entries() == [])
    }

    @Test(arguments: [false, true])
    func aDraftIsPublishedThere(named: Bool) throws {
        let draft = try Draft(in: folder, named: named)
        let bytes = [UInt8](repeating: 7, count: 200_000)
        try bytes.withUnsafeBytes { try draft.write($0) }
        try draft.publish(as: "a", in: other)
        #expect(distant.read("a") == bytes)
        let again = #expect(throws: DiskError.self) { try draft.publish(as: "a", in: other) }
        #expect(again?.kind == .exists)
        #expect(try other.entries().filter { $0 != Draft.incoming } == ["a"])
    }

    @Test func whatIsAlikeOnOneFileSystemIsNoCopy() throws {
        for name in ["a", "b"] {
            temporary.write([1], as: name)
            var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
            #expect(utimensat(AT_FDCWD, "\(temporary.path)/\(name)", &times, 0) == 0)
        }
        #expect(try folder.file("a").looksLike(folder.file("b")) && !(folder.file("a").isSameOrCopy(of: folder.file("b"))))
    }
}

@Suite struct SameBytesTests {
    let temporary = TemporaryFolder()

    @Test func comparedToTheEnd() throws {
        var bytes = [UInt8](repeating: 3, count: 150_000)
        for name in ["a", "b"] { temporary.write(bytes, as: name) }
        bytes[149_999] = 4
        temporary.write(bytes, as: "c")
        temporary.write(Array(bytes.dropLast()), as: "d")
        let folder = try Folder(temporary.path)
        #expect(try folder.file("a").hasSameBytes(as: folder.file("b")))
        #expect(try !folder.file("a").hasSameBytes(as: folder.file("c")) && !folder.file("c").hasSameBytes(as: folder.file("d")))
        try folder.replace("e", with: folder.file("c"), mode: 0o600)
        #expect(try folder.file("c").hasSameBytes(as: folder.file("e")))
    }

    @Test func linksToFolders() throws {
        mkdir("\(temporary.path)/folder", 0o755)
        temporary.write([], as: "file")
        for (target, name) in [("folder", "a"), ("file", "b"), ("nothing", "c"), ("d", "d")] { symlink(target, "\(temporary.path)/\(name)") }
        let folder = try Folder(temporary.path)
        #expect(try folder.listing().filter(folder.isLinkToFolder).map(\.shown) == ["a"])
    }
}
