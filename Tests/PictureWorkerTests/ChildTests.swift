// Ends of processes, good and bad.

import Glibc
import TestSupport
import Testing
@testable import PictureWorker

@Suite struct ChildTests {
    private func run(_ script: String, deadline: Double = 120, descriptors: [Int32] = []) throws -> ChildEnd {
        let scratch = TemporaryFolder()
        return try Child(
            executable: scratch.script(script), arguments: ["a b", "c"], environment: ["X=1"], descriptors: descriptors,
            deadline: deadline
        ).run()
    }

    @Test func argumentsAndEnvironmentArrive() throws {
        let end = try run("echo \"$# $1 $X ${HOME:-homeless}\"; exit 7")
        #expect(end.manner == .exited(7))
        #expect(String(decoding: end.output, as: UTF8.self) == "2 a b 1 homeless\n")
    }

    @Test func descriptorsArriveInOrder() throws {
        let scratch = TemporaryFolder()
        let one = open(scratch.write(Array("one".utf8), as: "1"), O_RDONLY | O_CLOEXEC)
        let two = open(scratch.write([], as: "2"), O_WRONLY | O_CLOEXEC)
        defer {
            close(one)
            close(two)
        }
        let end = try run("cat <&3; cat <&3 >&4; printf two >&4", descriptors: [one, two])
        #expect(end.output == Array("one".utf8))
        #expect(scratch.read("2") == Array("two".utf8))
    }

    @Test func signalIsTold() throws {
        #expect(try run("kill -SEGV $$").manner == .killed(signal: SIGSEGV))
    }

    @Test func outputIsBounded() throws {
        let end = try run("i=0; while [ $i -lt 2000 ]; do echo 0123456789; i=$((i+1)); done")
        #expect(end.manner == .exited(0))
        #expect(end.output.count == Child.outputLimit)
    }

    @Test func outputOfAnotherLength() throws {
        let child = Child(executable: "/bin/sh", arguments: ["-c", "echo 0123456789"], environment: [], descriptors: [], deadline: 60, outputLimit: 4)
        #expect(try child.run().output == Array("0123".utf8))
    }

    @Test func lateOneIsKilledWithItsChildren() throws {
        let scratch = TemporaryFolder()
        var child: pid_t?
        // On a busy machine the time can be over before the script has come as far as its child.
        for deadline in [0.5, 5, 50] where child == nil {
            let end = try run("sleep 1000 & echo $! > \(scratch.path)/pid; sleep 1000", deadline: deadline)
            #expect(end.manner == .outOfTime)
            child = pid_t(String(decoding: scratch.read("pid").dropLast(), as: UTF8.self))
        }
        let killed = try #require(child)
        // Gone, or a zombie that the init process has not collected yet.
        #expect(becomesTrue { [nil, "Z"].contains(TemporaryFolder.state(of: killed)) })
    }

    @Test func lateOneThatClosedItsOutputIsKilledToo() throws {
        #expect(try run("exec >&- 2>&-; sleep 1000", deadline: 0.5).manner == .outOfTime)
    }

    @Test func missingProgramIsAnError() {
        let child = Child(executable: "/nonexistent", arguments: [], environment: [], descriptors: [], deadline: 1)
        #expect(throws: SpawnError.self) { try child.run() }
    }

    /// What a child holds of another's pipe keeps that from ending.
    @Test func childHasItsOutputAndNoOtherEndOfIt() throws {
        let end = try run("own=$(readlink /proc/$$/fd/1); for fd in /proc/$$/fd/*; do [ \"$(readlink $fd)\" != \"$own\" ] || echo ${fd##*/}; done")
        #expect(String(decoding: end.output, as: UTF8.self) == "1\n2\n")
    }

    @Test func scriptsStartWhileOthersAreWritten() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<50 {
                        let end = try run("exit 7")
                        #expect(end.manner == .exited(7))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Other tests of this process open files and have children at the same time: theirs go again, what leaks stays.
    @Test func nothingLeaks() throws {
        func open() -> Int { (0..<1024).filter { fcntl(Int32($0), F_GETFD) >= 0 }.count }
        _ = try run("true")
        let before = open()
        for _ in 0..<100 { _ = try run("true") }
        #expect(becomesTrue { open() - before < 50 })
        #expect(becomesTrue { ProcessTable.zombies(of: getpid()) == 0 })
    }
}

/// What proc(5) tells of processes.
private enum ProcessTable {
    /// Children that have ended and that nobody has waited for.
    static func zombies(of parent: pid_t) -> Int {
        guard let folder = opendir("/proc") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            if let process = pid_t(name), fields(of: process).prefix(2) == ["Z", "\(parent)"] { count += 1 }
        }
        return count
    }

    /// What stands behind the name of the program: state, parent and the rest; nothing for a process that is gone.
    static func fields(of process: pid_t) -> [Substring] {
        guard let file = fopen("/proc/\(process)/stat", "re") else { return [] }
        defer { fclose(file) }
        var line = [UInt8](repeating: 0, count: 512)
        let count = fread(&line, 1, line.count, file)
        return String(decoding: line[..<count], as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
    }
}

extension TemporaryFolder {
    /// The state letter of a process (proc(5)), nil when there is none.
    static func state(of process: pid_t) -> Character? {
        ProcessTable.fields(of: process).first?.first
    }
}
