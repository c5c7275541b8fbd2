// `cluster.conf` in the data folder says what cannot lie in the database: where that is. A site without the file has its rows in SQLite's
// file and loads nothing more (docs/cluster.md).

import Disk
import Process
import Text

/// What `cluster.conf` says of this machine, the node.
public struct ClusterFile: Sendable, Equatable {
    /// The node's name; nil where the host's name is meant.
    public private(set) var node: String?
    /// Where the server with the database is, as libpq understands it: "host=db1,db2 dbname=imagebed". nil: SQLite's file.
    public private(set) var database: String?

    /// The node's name, or that of its host.
    public var nodeName: String {
        node ?? SystemFile.text("/proc/sys/kernel/hostname", limit: 256).map { ClusterFile.trimmed($0[...]) } ?? "localhost"
    }

    public static let name = "cluster.conf"
    /// Bytes.
    private static let sizeLimit = 65_536
    private static let nodeLengthLimit = 64

    /// A key of the file.
    private enum Key: String, CaseIterable {
        case node, database
    }

    /// - Returns: nil for a site without the file.
    /// - Throws: `ClusterFileError`.
    public init?(of data: DataFolder) throws {
        // (Who may not enter the folder can open no database in it either, and hears of that.)
        guard let bytes = try ClusterFile.bytes(at: data.clusterFile, owner: data.path) else { return nil }
        try self.init(text: String(decoding: bytes, as: UTF8.self), path: data.clusterFile)
    }

    /// The bytes of a file that is `cluster.conf`, or is to be.
    ///
    /// - Parameter owner: to whose owner it has to belong, for messages.
    /// - Returns: nil where there is none.
    /// - Throws: `ClusterFileError`.
    static func bytes(at path: String, owner: String) throws -> [UInt8]? {
        guard let status = FileStatus(at: path) else { return nil }
        guard status.permissions & 0o077 == 0 else {
            throw ClusterFileError(path, nil, "others than its owner may read it, and it may hold a password", repair: "chmod 600 \(path)")
        }
        guard FileSystem.refusal(of: .read, at: path) == nil else {
            throw ClusterFileError(path, nil, "this process may not read it", repair: "chown --reference=\(owner) \(path)")
        }
        guard status.size <= ClusterFile.sizeLimit else {
            throw ClusterFileError(path, nil, "it has more than \(ClusterFile.sizeLimit.grouped) bytes", repair: "take out what does not belong there")
        }
        let file = try File(at: path)
        var bytes = [UInt8](repeating: 0, count: file.size)
        let count = try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        return Array(bytes.prefix(count))
    }

    /// Lines of `key = value`; empty ones and those that begin with `#` say nothing.
    ///
    /// - Parameter path: for messages.
    /// - Throws: `ClusterFileError` that names the line.
    init(text: String, path: String) throws {
        var seen: Set<Key> = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = ClusterFile.trimmed(line)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            func refusal(_ because: String, _ repair: String) -> ClusterFileError { ClusterFileError(path, index + 1, because, repair: repair) }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(ClusterFile.trimmed)
            guard parts.count == 2 else { throw refusal("there is no \"=\"", "write KEY = VALUE, or begin a remark with #") }
            guard let key = Key(rawValue: parts[0]) else {
                throw refusal("there is no key \"\(parts[0])\"", "take the line out; the keys are \(Key.allCases.map(\.rawValue).joined(separator: " and "))")
            }
            guard seen.insert(key).inserted else { throw refusal("\(key.rawValue) stands there twice", "take one of the lines out") }
            guard !parts[1].isEmpty else { throw refusal("\(key.rawValue) has no value", "write one, or take the line out") }
            try take(parts[1], for: key, refusal)
        }
    }

    private mutating func take(_ value: String, for key: Key, _ refusal: (String, String) -> ClusterFileError) throws {
        switch key {
        case .node:
            guard value.utf8.count <= ClusterFile.nodeLengthLimit, value.utf8.allSatisfy(ClusterFile.isOfNode) else {
                throw refusal("a node's name has up to \(ClusterFile.nodeLengthLimit) letters, digits, dots and hyphens", "write another one, such as web1")
            }
            node = value
        case .database: database = value
        }
    }

    private static func isOfNode(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
             UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (character: Character) in character.isWhitespace }
        let rest = text.drop(while: isSpace)
        return String(rest.prefix((rest.lastIndex { !isSpace($0) }.map { rest.distance(from: rest.startIndex, to: $0) + 1 }) ?? 0))
    }
}

/// `cluster.conf` cannot be used. Nothing is opened then: a node with half a configuration would write its rows elsewhere.
public struct ClusterFileError: Error, CustomStringConvertible {
    public let description: String
    /// What mends it.
    public let repair: String

    init(_ path: String, _ line: Int?, _ because: String, repair: String) {
        description = "\(path)\(line.map { ", line \($0)" } ?? ""): \(because): \(repair)"
        self.repair = repair
    }
}
