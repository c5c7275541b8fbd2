import Disk
import Glibc
import TestSupport
import Testing
import Time

func write(_ text: String, to draft: Draft) throws {
    try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
}

func contents(_ file: File) throws -> String {
    var bytes = [UInt8](repeating: 0, count: file.size)
    let count = try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}

@Suite struct DraftTests {
    let temporary = TemporaryFolder()

    @Test(arguments: [false, true]) func publishedWholeOrNotAtAll(named: Bool) throws {
        let folder = try Folder(temporary.path)
        do {
            let draft = try Draft(in: folder, named: named)
            try write("never seen", to: draft)
        }
        #expect(try visible(folder) == [])
        let draft = try Draft(in: folder, named: named)
        try write("hello", to: draft)
        try draft.publish(as: "a.txt", in: folder)
        #expect(try visible(folder) == ["a.txt"])
        #expect(try contents(folder.file("a.txt")) == "hello")
    }

    @Test func aKeptDraftIsContinued() throws {
        let folder = try Folder(temporary.path)
        try write("one two", to: Draft(keeping: "kept", in: folder, size: 0))
        // What is behind the bytes that count is cut off.
        let second = try Draft(keeping: "kept", in: folder, size: 4)
        try write("three", to: second)
        #expect(second.size == 9)
        try second.publish(as: "a", in: folder)
        #expect(try contents(folder.file("a")) == "one three" && contents(folder.file("kept")) == "one three")
        for (name, size) in [("kept", 10), ("gone", 1)] {
            let error = #expect(throws: DiskError.self) { _ = try Draft(keeping: name, in: folder, size: size) }
            #expect(error?.isCut == true)
        }
        #expect(!folder.holds("gone"))
    }

    @Test(arguments: [false, true]) func neverReplaces(named: Bool) throws {
        let folder = try Folder(temporary.path)
        for (text, isFirst) in [("first", true), ("second", false)] {
            let draft = try Draft(in: folder, named: named)
            try write(text, to: draft)
            if isFirst {
                try draft.publish(as: "a", in: folder)
            } else {
                let error = #expect(throws: DiskError.self) { try draft.publish(as: "a", in: folder) }
                #expect(error?.kind == .exists)
            }
        }
        #expect(try contents(folder.file("a")) == "first")
    }

    @Test func aPublishedFileCanBeReadByTheWebServer() throws {
        let folder = try Folder(temporary.path)
        let draft = try Draft(in: folder)
        try draft.publish(as: "a", in: folder)
        var status = stat()
        #expect(stat(temporary.path + "/a", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o644)
    }

    @Test func theSweepTakesOldTemporaryFilesOnly() throws {
        let folder = try Folder(temporary.path)
        let incoming = try folder.folder(Draft.incoming, creates: true)
        for name in ["old", "new"] { try Draft(in: folder).publish(as: name, in: incoming) }
        var times = [timespec(tv_sec: 0, tv_nsec: (1 << 30) - 2), timespec(tv_sec: time(nil) - 4000, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, temporary.path + "/.incoming/old", &times, 0) == 0)
        #expect(try Draft.sweep(folder) == 1)
        #expect(try incoming.entries() == ["new"])
    }

    private func visible(_ folder: Folder) throws -> [String] {
        let names = try folder.entries().filter { $0 != Draft.incoming }
        #expect((try? folder.folder(Draft.incoming).entries()) ?? [] == [])
        return names
    }
}

@Suite struct FolderTests {
    let temporary = TemporaryFolder()

    @Test(arguments: ["../canary", "/etc/passwd", "a/../../canary", "link", "linked/inner", "", ".", "a", "a\0b", "missing"])
    func nothingOutsideIsReachable(path: String) throws {
        let outer = try Folder(temporary.path)
        try Draft(in: outer).publish(as: "canary", in: outer)
        let folder = try outer.folder("root/a", creates: true)
        let root = try outer.folder("root")
        try Draft(in: folder).publish(as: "inner", in: folder)
        symlink("../canary", temporary.path + "/root/link")
        symlink("a", temporary.path + "/root/linked")
        #expect(throws: DiskError.self) { try root.file(path) }
        #expect(try root.file("a/inner").size == 0)
    }

    @Test func movingNeverReplacesAndCanBeRepeated() throws {
        let folder = try Folder(temporary.path)
        let bin = try folder.folder("bin", creates: true)
        try Draft(in: folder).publish(as: "a", in: folder)
        try folder.move("a", to: bin, as: "a")
        #expect(try bin.entries() == ["a"])
        #expect(!folder.holds("a"))
        try folder.move("a", to: bin, as: "a")
        let error = #expect(throws: DiskError.self) { try folder.move("b", to: bin, as: "b") }
        #expect(error?.kind == .missing)
    }

    @Test func removingWhatIsGoneIsNoError() throws {
        let folder = try Folder(temporary.path)
        try folder.remove("nothing")
        try folder.remove("no/folder/nothing")
        try folder.removeFolder("nothing")
        let inner = try folder.folder("inner", creates: true)
        try Draft(in: inner).publish(as: "a", in: inner)
        try folder.removeFolder("inner")
        #expect(try folder.entries() == [])
    }

    @Test func aLockHoldsOthersOff() throws {
        let folder = try Folder(temporary.path)
        let held = try folder.lock("l", waits: false)
        #expect(held != nil)
        #expect(try folder.lock("l", waits: false) == nil)
        withExtendedLifetime(held) {}
    }

    @Test func oneByteIsLockedWithoutTheOthers() throws {
        let folder = try Folder(temporary.path)
        var held = try folder.lock("bytes", byteAt: 1 << 62 - 1)
        #expect(try held != nil && folder.lock("bytes", byteAt: 1 << 62 - 1) == nil)
        #expect(try folder.lock("bytes", byteAt: 7) != nil)
        withExtendedLifetime(held) {}
        held = nil
        #expect(try folder.lock("bytes", byteAt: 1 << 62 - 1) != nil)
        #expect(try folder.file("bytes").size == 0)
    }

    /// As a child process has, from fork until exec closes its copy.
    @Test func aCopyOfTheDescriptorDoesNotKeepTheByteLocked() throws {
        let folder = try Folder(temporary.path)
        var held = try folder.lock("bytes", byteAt: 7)
        let copies = (3..<4096).filter { FileSystem.linkTarget(of: "/proc/self/fd/\($0)") == temporary.path + "/bytes" }.map { dup($0) }
        defer { for copy in copies { close(copy) } }
        try #require(held != nil && copies.count == 1)
        held = nil
        #expect(try folder.lock("bytes", byteAt: 7) != nil)
    }

    /// Opening a file that another process has a lease on waits until that is given up: fcntl(2), F_SETLEASE.
    @Test func aLeaseIsNotWaitedForForEver() throws {
        let folder = try Folder(temporary.path)
        let descriptor = open(temporary.path + "/l", O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        let setSignal: Int32 = 10, setLease: Int32 = 1024
        // (By itself the signal that asks for it would end this process.)
        try #require(fcntl(descriptor, setSignal, SIGURG) == 0 && fcntl(descriptor, setLease, Int32(F_WRLCK)) == 0)
        let start = Now.monotonicSeconds
        #expect(try folder.lock("l", waits: false) == nil)
        #expect(throws: DiskError.self) { _ = try folder.lock("l", patience: 0) }
        #expect(Now.monotonicSeconds - start < 20)
        #expect(fcntl(descriptor, setLease, Int32(F_UNLCK)) == 0)
        #expect(try folder.lock("l", patience: 0) != nil)
    }

    @Test func aLockThatIsNotReleasedIsNotWaitedForForEver() throws {
        let folder = try Folder(temporary.path)
        var held = try folder.lock("l")
        let error = #expect(throws: DiskError.self) { _ = try folder.lock("l", patience: 0) }
        #expect(error?.kind == .held && error?.description.contains(temporary.path + "/l") == true)
        var status = stat()
        #expect(stat(temporary.path + "/l", &status) == 0 && status.st_mode & 0o777 == 0o600)
        withExtendedLifetime(held) {}
        held = nil
        #expect(try folder.lock("l", patience: 0) != nil)
    }
}
