// One message with words and open descriptors, from a process to one that it started before it knew them.

internal import CConfinement
import Glibc

/// The message; it is sent whole or not at all.
public enum DescriptorMessage {
    /// Bytes of all words, with a zero byte behind each.
    private static let mostBytes = 2048
    private static let lowest: Int32 = 3

    /// False if nobody is there who can receive it.
    ///
    /// - Parameters:
    ///   - descriptors: one to four.
    ///   - line: a socket of whole messages (SOCK_SEQPACKET).
    public static func send(_ words: [String], _ descriptors: [Int32], over line: Int32) -> Bool {
        let bytes: [UInt8] = words.flatMap { Array($0.utf8) + [0] }
        guard bytes.count <= mostBytes else { return false }
        return imagebed_send(line, bytes, bytes.count, descriptors, UInt32(descriptors.count))
    }

    /// Waits for the message; the descriptors become 3, 4, …, in place of the line, which must be 3, and nothing above them was open before.
    ///
    /// - Parameter patience: milliseconds.
    /// - Returns: nil if none came in time, or the other end was closed.
    public static func receive(patience: Int32) -> [String]? {
        var waited = pollfd(fd: lowest, events: Int16(POLLIN), revents: 0)
        guard poll(&waited, 1, patience) > 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: mostBytes)
        var descriptors = [Int32](repeating: -1, count: Int(IMAGEBED_MOST_DESCRIPTORS))
        var count: UInt32 = 0
        let size = imagebed_receive(lowest, &bytes, bytes.count, &descriptors, &count)
        guard size > 0 else { return nil }
        for (place, descriptor) in descriptors[..<Int(count)].enumerated() { dup2(descriptor, lowest + Int32(place)) }
        return bytes[..<size].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
