// Which executables are receivers. A file that somebody else than root could change must not be run, so what is not root's alone is left out
// and told.

import Disk

/// A folder with receivers.
public struct ReceiverFolder: Sendable {
    public let path: String
    /// A user besides root to whom folder and files may belong; nil for none.
    public let trusted: UInt32?

    /// That of an installed site.
    public static let usual = "/etc/imagebed/events.d"

    /// What is not run, and the command after which it is, or is out of the way.
    public struct Refusal: Sendable {
        public let says: String
        public let repair: String
    }

    public struct Contents: Sendable {
        /// Names of receivers.
        public var receivers: [String] = []
        public var refusals: [Refusal] = []
        /// Whether the folder is missing, or nothing is in it.
        public var isEmpty = true
    }

    public init(_ path: String, trusting trusted: UInt32? = nil) { (self.path, self.trusted) = (path, trusted) }

    /// - Throws: `DiskError`: somebody keeps this process out.
    public func look() throws -> Contents {
        var contents = Contents()
        guard let status = FileStatus(at: path) else {
            if let refusal = FileSystem.refusal(at: path), !refusal.isAbsent { throw refusal }
            return contents
        }
        let entries = try Folder(path).entries().filter { !$0.hasPrefix(".") }.sorted()
        contents.isEmpty = entries.isEmpty
        guard isSafe(status) else {
            if !entries.isEmpty {
                contents.refusals = [Refusal(says: "nothing in \(path) is run, because others than root may write there",
                                             repair: "sudo chown root: \(path) && sudo chmod 755 \(path)")]
            }
            return contents
        }
        for name in entries {
            if let refusal = refusal(of: name) { contents.refusals.append(refusal) } else { contents.receivers.append(name) }
        }
        for name in contents.receivers.dropFirst(EventDelivery.most) {
            contents.refusals.append(Refusal(says: "\(path)/\(name) is not run: \(EventDelivery.most) receivers are the most", repair: "sudo rm \(path)/\(name)"))
        }
        contents.receivers = Array(contents.receivers.prefix(EventDelivery.most))
        return contents
    }

    /// Whether an executable of this name may be run now.
    public func holds(_ name: String) -> Bool {
        guard let status = FileStatus(at: path), isSafe(status) else { return false }
        return refusal(of: name) == nil
    }

    /// (The kind of entry: a name that is no receiver's may hold what a shell takes for its own, so it is not in a command.)
    private func refusal(of name: String) -> Refusal? {
        let file = "\(path)/\(name)"
        guard ReceiverFolder.isName(name) else {
            return Refusal(says: "\(file) is not run, because a receiver's name is of letters, digits, - and _, \(ReceiverFolder.nameLimit) at most",
                           repair: "sudo mv it to such a name, or out of \(path)")
        }
        guard let status = FileStatus(at: file, followsLink: false), status.kind == .file else {
            return Refusal(says: "\(file) is not run, because it is no file of its own", repair: "sudo cp --remove-destination \"$(readlink -f \(file))\" \(file)")
        }
        guard isSafe(status) else {
            return Refusal(says: "\(file) is not run, because others than root may change it", repair: "sudo chown root: \(file) && sudo chmod go-w \(file)")
        }
        guard status.permissions & 0o111 != 0 else {
            return Refusal(says: "\(file) is not run, because it is not executable", repair: "sudo chmod 755 \(file)")
        }
        return nil
    }

    private func isSafe(_ status: FileStatus) -> Bool {
        (status.owner == 0 || status.owner == trusted) && status.permissions & 0o022 == 0
    }

    static let nameLimit = 64

    /// As run-parts(8) takes them.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= nameLimit && name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        }
    }
}
