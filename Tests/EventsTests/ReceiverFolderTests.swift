import Disk
@testable import Events
import Glibc
import TestSupport
import Testing

/// What in a folder is run, and what is told of the rest.
@Suite struct ReceiverFolderTests {
    let temporary = TemporaryFolder()
    var folder: ReceiverFolder { ReceiverFolder(temporary.path, trusting: geteuid()) }

    private func put(_ name: String, mode: mode_t = 0o755) {
        let file = "\(temporary.path)/\(name)"
        close(open(file, O_WRONLY | O_CREAT, 0o600))
        chmod(file, mode)
    }

    @Test func executablesOfGoodNamesAreReceivers() throws {
        for name in ["purge-cdn", "10_webhook", "A"] { put(name) }
        for name in ["webhook.conf", "webhook~", "wéb", String(repeating: "a", count: 65), ".hidden"] { put(name) }
        put("README", mode: 0o644)
        put("open", mode: 0o775)
        symlink("/bin/true", "\(temporary.path)/link")
        mkdir("\(temporary.path)/folder", 0o755)
        let contents = try folder.look()
        #expect(contents.receivers == ["10_webhook", "A", "purge-cdn"] && !contents.isEmpty)
        let told = contents.refusals.map(\.says)
        #expect(told.count == 8 && !told.joined().contains("hidden"))
        #expect(told.contains("\(temporary.path)/README is not run, because it is not executable"))
        #expect(contents.refusals.contains { $0.repair == "sudo chown root: \(temporary.path)/open && sudo chmod go-w \(temporary.path)/open" })
        #expect(folder.holds("A") && !folder.holds("open") && !folder.holds("../A") && !folder.holds("link") && !folder.holds("none"))
    }

    @Test func nothingIsRunThatOthersMayChange() throws {
        put("a")
        #expect(try ReceiverFolder(temporary.path, trusting: geteuid() + 1).look().receivers == (geteuid() == 0 ? ["a"] : []))
        chmod(temporary.path, 0o777)
        let contents = try folder.look()
        #expect(contents.receivers == [] && contents.refusals.count == 1 && !folder.holds("a"))
        chown("\(temporary.path)/a", 12_345, 0)
        chmod(temporary.path, 0o700)
        #expect(try folder.look().receivers == (geteuid() == 0 ? [] : ["a"]))
    }

    @Test func aMissingFolderIsEmpty() throws {
        let contents = try ReceiverFolder(temporary.path + "/none").look()
        #expect(contents.isEmpty && contents.receivers == [] && contents.refusals.isEmpty)
    }

    @Test func onlySoMany() throws {
        for number in 0...EventDelivery.most { put("r\(number)") }
        let contents = try folder.look()
        #expect(contents.receivers.count == EventDelivery.most && contents.refusals.count == 1)
    }
}
