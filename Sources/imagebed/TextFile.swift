// The operand of a command: a file with a text.

import Disk
import Glibc

/// A text in a file, or on standard input.
struct TextFile {
    /// Without line breaks at its end.
    let text: String

    /// Maximum bytes; the longest setting is shorter.
    private static let limit = 8 << 20

    /// - Parameter path: `-` is standard input.
    /// - Throws: `DiskError`; `CommandFailure`, `.usage`, for what is too long or not UTF-8.
    init(_ path: String) throws {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskError("read", path) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        let bytes = try TextFile.bytes(of: descriptor, path)
        guard let text = String(validating: bytes.prefix(TextFile.limit), as: UTF8.self) else { throw CommandFailure(.usage, "\(path) is not UTF-8") }
        self.text = String(text[..<(text.lastIndex { !$0.isNewline }.map(text.index(after:)) ?? text.startIndex)])
    }

    private static func bytes(of descriptor: Int32, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw DiskError("read", path) }
            guard count > 0 else { return bytes }
            bytes += buffer.prefix(count)
            guard bytes.count <= limit else { throw CommandFailure(.usage, "\(path) has more than \(limit >> 20) MB") }
        }
    }
}
