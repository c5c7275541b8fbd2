// One file of the log of views. Its first line is a unique name, by which the file is recognized after it was rotated, copied or restored;
// inode numbers are reused.

import Crypto
import Disk
import Text
import Time

struct ViewLogFile {
    private let file: File
    /// The name in its first line; nil if the web server or an earlier version created the file.
    let name: String?
    /// The offset of the first log line.
    let start: Int

    var size: Int { file.size }
    var path: String { file.path }
    /// Seconds since 1970.
    var modified: Int { file.modified }

    var inode: Int { Int(bitPattern: file.identity.inode) }

    /// - Returns: nil if there is no such file.
    init?(at path: String) throws {
        do { try self.init(File(at: path)) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    /// The same for a file in a folder, without following symbolic links.
    init?(_ relative: String, in folder: Folder) throws {
        do { try self.init(folder.file(relative)) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    private init(_ file: File) throws {
        self.file = file
        var head = [UInt8](repeating: 0, count: ViewLogFile.makeHead().count)
        let count = try head.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        name = ViewLogFile.name(in: head[..<count])
        start = name == nil ? 0 : count
    }

    func read(at offset: Int, into buffer: inout [UInt8]) throws -> Int {
        try buffer.withUnsafeMutableBytes { try file.read(at: offset, into: $0) }
    }

    /// The next offset with data, as far as the file system knows: holes in a sparse file are skipped.
    func dataOffset(from offset: Int) -> Int { file.dataOffset(from: offset) }

    // The line `imagebed 1700000000-0123456789abcdef`: the time of creation and 64 random bits.

    private static let word = "imagebed "

    /// The first line of a new file.
    static func makeHead() -> [UInt8] {
        Array("\(word)\(max(0, Now.seconds).padded(to: 12))-\(Hexadecimal.encode(RandomBytes.make(8)))\n".utf8)
    }

    private static func name(in head: ArraySlice<UInt8>) -> String? {
        guard head.last == UInt8(ascii: "\n"), head.starts(with: word.utf8) else { return nil }
        let name = head.dropFirst(word.utf8.count).dropLast()
        let isName = name.count == 29 && name.allSatisfy { $0.isHexDigit && $0 == $0.lowercased || $0 == UInt8(ascii: "-") }
        return isName ? String(decoding: name, as: UTF8.self) : nil
    }
}
