// What the process that reads the database and the process that runs receivers say to each other, over a connection that no third one has:
// a line, and behind that of an order the bytes of the event.

import Disk
import Glibc

/// The connection: whole messages, or nothing yet.
final class ReceiverLine {
    /// "Give this to a receiver." Bytes of an event have a limit: a name or a path is a few hundred, and all the rest less.
    struct Order {
        let receiver: String
        let event: [UInt8]
    }

    /// "It has taken it", or why not.
    struct Answer {
        let receiver: String
        let failure: String?
    }

    static let eventLimit = 32_768
    private static let lineLimit = 1_024

    let descriptor: Int32
    private let sending: Int32
    private var received: [UInt8] = []
    /// Whether the other side is gone.
    private(set) var isClosed = false

    init(reading descriptor: Int32, writing sending: Int32) { (self.descriptor, self.sending) = (descriptor, sending) }

    /// Waits for something to read, and reads it.
    ///
    /// - Parameters:
    ///   - others: descriptors that end the wait too.
    ///   - milliseconds: at most.
    /// - Returns: which of the others have something, or have ended.
    func wait(orFor others: [Int32] = [], milliseconds: Int) -> [Int32] {
        var looked = ([descriptor] + others).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&looked, nfds_t(looked.count), Int32(clamping: milliseconds)) > 0 else { return [] }
        if looked[0].revents != 0 { fill() }
        return looked.dropFirst().filter { $0.revents != 0 }.map(\.fd)
    }

    private func fill() {
        var piece = [UInt8](repeating: 0, count: 8_192)
        let count = read(descriptor, &piece, piece.count)
        if count < 0 && errno == EINTR { return }
        if count <= 0 { isClosed = true } else { received += piece[..<count] }
        if received.count > ReceiverLine.eventLimit + 16 * ReceiverLine.lineLimit { isClosed = true }
    }

    // Orders: "NAME COUNT", then so many bytes.

    func send(_ order: Order) throws { try send(Array("\(order.receiver) \(order.event.count)\n".utf8) + order.event) }

    func nextOrder() -> Order? {
        guard let end = received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let words = String(decoding: received[..<end], as: UTF8.self).split(separator: " ")
        guard words.count == 2, let count = Int(words[1]), (0...ReceiverLine.eventLimit).contains(count) else {
            isClosed = true
            return nil
        }
        guard received.count > end + count else { return nil }
        let event = Array(received[(end + 1)...(end + count)])
        received.removeFirst(end + 1 + count)
        return Order(receiver: String(words[0]), event: event)
    }

    // Answers: "NAME", or "NAME why it failed".

    func send(_ answer: Answer) throws {
        let text = answer.failure.map { " " + $0.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200) } ?? ""
        try send(Array("\(answer.receiver)\(text)\n".utf8))
    }

    func nextAnswer() -> Answer? {
        guard let end = received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let parts = String(decoding: received[..<end], as: UTF8.self).split(separator: " ", maxSplits: 1).map(String.init)
        received.removeFirst(end + 1)
        guard let name = parts.first else { return nil }
        return Answer(receiver: name, failure: parts.count > 1 ? parts[1] : nil)
    }

    private func send(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try Transfer.write($0, to: sending, path: "the connection of imagebed events") } }
}
