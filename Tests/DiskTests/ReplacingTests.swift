import Disk
import Glibc
import TestSupport
import Testing

@Suite struct ReplacingTests {
    let temporary = TemporaryFolder()

    @Test func replacedWholeWithItsMode() throws {
        let folder = try Folder(temporary.path)
        temporary.write([1, 2, 3], as: "a", mode: 0o666)
        try folder.replace("a", with: [9], mode: 0o600)
        #expect(temporary.read("a") == [9])
        var status = stat()
        #expect(stat("\(temporary.path)/a", &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(try folder.entries() == ["a"])
        #expect(try folder.bytes(of: "a", limit: 1) == [9] && folder.bytes(of: "b", limit: 1) == nil)
    }

    @Test func aLinkIsReplacedAndNotFollowed() throws {
        temporary.write([1], as: "target")
        symlink("\(temporary.path)/target", "\(temporary.path)/a")
        try Folder(temporary.path).replace("a", with: [9], mode: 0o600)
        #expect(temporary.read("target") == [1] && temporary.read("a") == [9])
    }

    @Test func listingsTellKindsAndNamesThatAreNoText() throws {
        let folder = try Folder(temporary.path)
        temporary.write([], as: "b")
        mkdir("\(temporary.path)/a", 0o755)
        symlink("b", "\(temporary.path)/c")
        mkfifo("\(temporary.path)/d", 0o644)
        let odd: [CChar] = "\(temporary.path)/".utf8CString.dropLast() + [CChar(bitPattern: 0xFF), 0]
        close(open(odd, O_CREAT | O_WRONLY, 0o644))
        let listing = try folder.listing()
        #expect(listing.map(\.kind) == [.folder, .file, .link, .other, .file])
        #expect(listing.map(\.name) == ["a", "b", "c", "d", nil])
    }
}
