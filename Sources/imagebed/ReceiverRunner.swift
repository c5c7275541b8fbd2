// Runs receivers, several at a time, for the process that reads the database. This one has the receivers' user and no database: what a
// receiver can do, it can do too, and no more.

import Disk
import Events
import Glibc
import Journal
import Process
import Time

final class ReceiverRunner {
    /// Seconds after which a receiver is killed, with all that it has started.
    static let deadline = 60.0
    /// All that a receiver finds in its environment.
    private static let environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]
    /// (A process can end without closing its output.)
    private static let pollMilliseconds = 100

    private let folder: ReceiverFolder
    private let line: ReceiverLine
    private var running: [RunningReceiver] = []

    init(_ folder: ReceiverFolder, _ line: ReceiverLine) { (self.folder, self.line) = (folder, line) }

    /// Goes on until the other side is gone.
    func run() throws {
        defer { for receiver in running { receiver.kill() } }
        while !line.isClosed {
            let readable = line.wait(orFor: running.compactMap(\.output), milliseconds: running.isEmpty ? 3_600_000 : ReceiverRunner.pollMilliseconds)
            while let order = line.nextOrder() { try begin(order) }
            for receiver in running {
                if let output = receiver.output, readable.contains(output) { receiver.read() }
                if let answer = receiver.answer(at: Now.monotonicSeconds) { try line.send(answer) }
            }
            running.removeAll { $0.isOver }
        }
    }

    private func begin(_ order: ReceiverLine.Order) throws {
        guard folder.holds(order.receiver) else {
            return try line.send(ReceiverLine.Answer(receiver: order.receiver, failure: "it is not there, or not root's alone"))
        }
        do {
            running.append(try RunningReceiver(order, "\(folder.path)/\(order.receiver)", ReceiverRunner.environment,
                                               until: Now.monotonicSeconds + ReceiverRunner.deadline))
        } catch {
            try line.send(ReceiverLine.Answer(receiver: order.receiver, failure: "\(error)"))
        }
    }
}

/// A receiver at work on one event.
private final class RunningReceiver {
    /// Bytes of what it says that go to the journal.
    private static let outputLimit = 4_096

    private let name: String
    private let process: RunningProcess
    private let end: Double
    /// What it says; nil when it has closed that.
    private(set) var output: Int32?
    private var said: [UInt8] = []
    private(set) var isOver = false

    init(_ order: ReceiverLine.Order, _ path: String, _ environment: [String], until end: Double) throws {
        (name, self.end) = (order.receiver, end)
        let input = try RunningProcess.Ends.pipe()
        defer { for descriptor in [input.one, input.other] { close(descriptor) } }
        // All of it has room in the pipe before anybody reads.
        _ = fcntl(input.other, F_SETFL, O_NONBLOCK)
        try (order.event + [UInt8(ascii: "\n")]).withUnsafeBytes { try Transfer.write($0, to: input.other, "give an event to", path: path) }
        let answer = try RunningProcess.Ends.pipe()
        defer { close(answer.other) }
        do {
            process = try RunningProcess([path], environment: environment, streams: (input.one, answer.other, answer.other))
        } catch {
            close(answer.one)
            throw error
        }
        output = answer.one
    }

    deinit { if let output { close(output) } }

    func read() {
        guard let output else { return }
        var piece = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(output, &piece, piece.count)
        if count < 0 && errno == EINTR { return }
        guard count > 0 else {
            close(output)
            self.output = nil
            return
        }
        said += piece[..<min(count, RunningReceiver.outputLimit - said.count)]
    }

    /// What has become of it; nil while it runs.
    func answer(at moment: Double) -> ReceiverLine.Answer? {
        let ending = process.look()
        guard ending != nil || moment >= end else { return nil }
        kill()
        isOver = true
        return ReceiverLine.Answer(receiver: name, failure: RunningReceiver.failure(ending))
    }

    /// Ends it, and hands on what it said.
    func kill() {
        process.kill()
        drain()
        for line in String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline) { Journal.write("imagebed events: \(name): \(line)", .notice) }
        said = []
    }

    /// What is left in the pipe of a process that has ended.
    private func drain() {
        guard let output else { return }
        _ = fcntl(output, F_SETFL, O_NONBLOCK)
        var before = -1
        while self.output != nil, said.count > before, said.count < RunningReceiver.outputLimit {
            before = said.count
            read()
        }
    }

    private static func failure(_ ending: RunningProcess.Ending?) -> String? {
        switch ending {
        case .exited(0): nil
        case .exited(let code): "it ended with \(code)"
        case .killed(let signal): "it was ended by signal \(signal)"
        case nil: "it took more than \(Int(ReceiverRunner.deadline)) s and was killed"
        }
    }
}
