// The manifest of a backup, a text file: lines with names and values, one line for each file, and at the end the SHA-256 of everything
// before it. It is written last, and replaces the previous one atomically.

import Crypto
import Disk
import Text

/// A manifest without its list of files.
struct Manifest: Equatable {
    /// A file and its digest.
    struct Sealed: Equatable {
        let name: String
        let size: Int
        let sha256: String
    }

    static let name = "manifest"
    private static let firstLine = "imagebed-backup 1"

    /// Number of backups made into this folder.
    let number: Int
    /// Seconds since 1970.
    let made: Int
    /// The schema version of the database.
    let schema: Int
    let database: Sealed
    let secret: Sealed

    /// The folder of files that differ from those of the previous backup: they are here until the manifest is written, and are moved to
    /// their paths then. Readers must look here first.
    var changed: String { "changed-\(number)" }

    private var head: String {
        """
        \(Manifest.firstLine)
        number \(number)
        made \(made)
        schema \(schema)
        database \(database.name) \(database.size) \(database.sha256)
        secret \(secret.name) \(secret.size) \(secret.sha256)

        """
    }

    /// Writes the whole file; `list` calls its argument with size and path of each file.
    ///
    /// - Returns: the number of files, and their bytes.
    func write(to folder: Folder, list: ((Int, String) throws -> Void) throws -> Void) throws -> (files: Int, bytes: Int) {
        let draft = try Draft(in: folder), digest = SHA256()
        var (buffer, files, bytes) = (Array(head.utf8), 0, 0)
        func flush() throws {
            digest.update(buffer)
            try buffer.withUnsafeBytes(draft.write)
            buffer.removeAll(keepingCapacity: true)
        }
        try list { size, path in
            buffer += Array("file \(size) \(path)\n".utf8)
            files += 1
            bytes += size
            if buffer.count > 1 << 16 { try flush() }
        }
        buffer += Array("files \(files) \(bytes)\n".utf8)
        try flush()
        buffer = Array("end \(Hexadecimal.encode(digest.finish()))\n".utf8)
        try buffer.withUnsafeBytes(draft.write)
        try draft.setMode(0o600)
        try folder.remove(Manifest.name + ".new")
        try draft.publish(as: Manifest.name + ".new", in: folder)
        try folder.rename(Manifest.name + ".new", to: Manifest.name)
        try folder.sync()
        return (files, bytes)
    }
}

/// A manifest that was read and verified.
struct ReadManifest {
    let manifest: Manifest
    let files: Int
    let bytes: Int
    /// Disk space of the files in bytes.
    let room: Int
    private let file: File

    /// - Returns: nil if there is none.
    /// - Throws: `BackupError` if it is damaged.
    init?(in folder: Folder) throws {
        do { file = try folder.file(Manifest.name) } catch let error as DiskError where error.kind == .missing { return nil }
        let damaged = BackupError("\(file.path) is damaged or was written by another version: this backup cannot be used")
        let digest = SHA256()
        var head: [Substring] = [], counts: Substring?, end: Substring?
        var (files, bytes, room) = (0, 0, 0)
        try ReadManifest.forEachLine(of: file) { line in
            guard end == nil else { throw damaged }
            if line.hasPrefix("end ") { return end = line.dropFirst(4) }
            digest.update(Array((line + "\n").utf8))
            if head.count < 6 { return head.append(line) }
            guard counts == nil else { throw damaged }
            if line.hasPrefix("files ") { return counts = line }
            guard let listed = ListedFile(line), room < ListedFile.largest else { throw damaged }
            (files, bytes, room) = (files + 1, bytes + listed.size, room + DiskSpace.taken(by: listed.size))
        }
        guard let end, counts == "files \(files) \(bytes)", Hexadecimal.encode(digest.finish()) == end, let manifest = Manifest(head)
        else { throw damaged }
        (self.manifest, self.files, self.bytes, self.room) = (manifest, files, bytes, room)
    }

    /// Calls `body` with size and path of each file.
    func forEach(_ body: (Int, String) throws -> Void) throws {
        try ReadManifest.forEachLine(of: file) { line in
            if let listed = ListedFile(line) { try body(listed.size, listed.path) }
        }
    }

    private static func forEachLine(of file: File, _ body: (Substring) throws -> Void) throws {
        var rest: [UInt8] = []
        try file.forEachPiece { piece in
            rest += Array(piece)
            let lines = rest.split(separator: 10, omittingEmptySubsequences: false)
            for line in lines.dropLast() { try body(Substring(decoding: line, as: UTF8.self)) }
            rest = Array(lines.last ?? [])
        }
    }
}

/// A line of a manifest that names a file. Untrusted: it must not reach anything outside the folders of files.
private struct ListedFile {
    let size: Int
    let path: String

    /// Maximum bytes of a file and of all files; sums cannot overflow.
    static let largest = 1 << 60

    init?(_ line: Substring) {
        // Split as bytes: a combining mark after a space or slash forms one Character with it.
        let words = line.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false).map { String(Substring($0)) }
        guard words.count == 3, words[0] == "file", let size = Int(words[1]), (0...ListedFile.largest).contains(size) else { return nil }
        let steps = words[2].utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
        guard steps.count > 1, Area(rawValue: steps[0]) != nil, !steps.contains(where: { ["", ".", ".."].contains($0) }) else { return nil }
        (self.size, path) = (size, words[2])
    }
}

/// The disk space of files, which is allocated in blocks.
enum DiskSpace {
    static let block = 4_096

    static func taken(by size: Int) -> Int { (size + block - 1) / block * block }
}

extension Manifest {
    fileprivate init?(_ head: [Substring]) {
        let values = head.map { $0.split(separator: " ").dropFirst().map(String.init) }
        guard head.first == Substring(Manifest.firstLine), values.count == 6, values[4].count == 3, values[5].count == 3,
              let number = Int(values[1].first ?? ""), (1...Int(Int32.max)).contains(number), let made = Int(values[2].first ?? ""), let schema = Int(values[3].first ?? ""),
              let database = Sealed(values[4]), let secret = Sealed(values[5]) else { return nil }
        self.init(number: number, made: made, schema: schema, database: database, secret: secret)
    }
}

extension Manifest.Sealed {
    fileprivate init?(_ words: [String]) {
        guard let size = Int(words[1]), (0...ListedFile.largest).contains(size) else { return nil }
        self.init(name: words[0], size: size, sha256: words[2])
    }

    /// The current state of a file.
    init(_ name: String, in folder: Folder) throws {
        let file = try folder.file(name), digest = SHA256()
        try file.forEachPiece { digest.update($0) }
        self.init(name: name, size: file.size, sha256: Hexadecimal.encode(digest.finish()))
    }
}
