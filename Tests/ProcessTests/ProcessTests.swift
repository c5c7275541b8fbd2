import Process
import Testing

@Suite struct ProcessTests {
    @Test func theEnvironment() {
        #expect(Environment["PATH"]?.isEmpty == false)
        #expect(Environment["IMAGEBED_NO_SUCH_VARIABLE"] == nil)
    }

    @Test func users() throws {
        let root = try #require(User(named: "root"))
        #expect(root == User(id: 0, group: 0) && User(0) == root)
        #expect(User.name(of: 0) == "root" && User.group(named: "root") == 0)
        #expect(User(named: "no such user") == nil && User.name(of: 4_000_000_000) == nil)
        #expect(User.isRoot == (User.currentID == 0))
    }

    @Test func filesOfTheKernel() {
        #expect(SystemFile.text("/proc/self/status", limit: 16_384)?.contains("\nPid:") == true)
        #expect(SystemFile.text("/proc/self/status", limit: 4) == "Name")
        #expect(SystemFile.text("/proc/self/no-such-file", limit: 4) == nil)
    }

    @Test func processors() { #expect(ThisProcess.processors >= 1) }
}
