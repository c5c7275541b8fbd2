import Glibc
@testable import Process
import Testing

/// Children that run beside others: what they get, how they end, and what they leave.
@Suite struct RunningProcessTests {
    /// Runs a shell script to its end.
    private func run(_ script: String, environment: [String] = []) throws -> (ending: RunningProcess.Ending?, output: String) {
        let input = try RunningProcess.Ends.pipe(), output = try RunningProcess.Ends.pipe()
        let process = try RunningProcess(["/bin/sh", "-c", script], environment: environment, streams: (input.one, output.other, output.other))
        for end in [input.one, input.other, output.other] { close(end) }
        var text: [UInt8] = [], piece = [UInt8](repeating: 0, count: 4_096)
        while case let count = read(output.one, &piece, piece.count), count > 0 { text += piece[..<count] }
        close(output.one)
        for _ in 0..<500 where process.look() == nil { usleep(10_000) }
        return (process.look(), String(decoding: text, as: UTF8.self))
    }

    @Test func endingsAreTold() throws {
        #expect(try run("exit 0").ending == .exited(0))
        #expect(try run("exit 7").ending == .exited(7))
        #expect(try run("kill -TERM $$").ending == .killed(signal: SIGTERM))
        #expect(throws: (any Error).self) { try RunningProcess(["/nonexistent"], environment: [], streams: (0, 1, 2)) }
    }

    @Test func theEnvironmentIsWhatIsGiven() throws {
        #expect(try run("cat; echo $A-$HOME", environment: ["A=b", "PATH=/usr/bin:/bin"]).output == "b-\n")
    }

    @Test func whatItLeavesBehindEndsWithIt() throws {
        let output = try RunningProcess.Ends.pipe()
        let process = try RunningProcess(["/bin/sh", "-c", "sleep 300 & exit 3"], environment: ["PATH=/usr/bin:/bin"],
                                         streams: (output.one, output.other, output.other))
        close(output.other)
        for _ in 0..<500 where process.look() == nil { usleep(10_000) }
        var byte: UInt8 = 0
        #expect(process.look() == .exited(3) && read(output.one, &byte, 1) == 0)
        close(output.one)
    }

    @Test func whatDoesNotEndIsKilledWithItsChildren() throws {
        let output = try RunningProcess.Ends.pipe()
        let process = try RunningProcess(["/bin/sh", "-c", "sleep 300 & echo; wait"], environment: ["PATH=/usr/bin:/bin"],
                                         streams: (output.one, output.other, output.other))
        close(output.other)
        var byte: UInt8 = 0
        #expect(read(output.one, &byte, 1) == 1 && process.look() == nil)
        process.kill()
        #expect(read(output.one, &byte, 1) == 0, "nobody has the pipe any more")
        #expect(process.look() == .killed(signal: SIGKILL))
        close(output.one)
    }
}
