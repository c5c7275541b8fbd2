// Whose rights the process has. Root gives them up, for good or for a moment, before it touches what belongs to another user.

import Disk
import Glibc

/// A user of this machine.
public struct User: Sendable, Equatable {
    public let id: UInt32
    public let group: UInt32

    public init(id: UInt32, group: UInt32) { (self.id, self.group) = (id, group) }

    /// nil where the machine has no such user.
    public init?(named name: String) {
        guard let entry = getpwnam(name)?.pointee else { return nil }
        self.init(id: entry.pw_uid, group: entry.pw_gid)
    }

    /// nil where the machine has no such user.
    public init?(_ id: UInt32) {
        guard let entry = getpwuid(id)?.pointee else { return nil }
        self.init(id: id, group: entry.pw_gid)
    }

    /// Whose rights this process has.
    public static var currentID: UInt32 { geteuid() }

    public static var isRoot: Bool { currentID == 0 }

    /// nil where the machine has no such user.
    public static func name(of id: UInt32) -> String? { getpwuid(id).map { String(cString: $0.pointee.pw_name) } }

    /// nil where the machine has no such group.
    public static func group(named name: String) -> UInt32? { getgrnam(name)?.pointee.gr_gid }

    /// Gives root's rights up for this user's, for good.
    ///
    /// - Throws: `DiskError`.
    public func become() throws {
        var own = group
        guard setgroups(1, &own) == 0, setgid(own) == 0, setuid(id) == 0, setuid(0) != 0 else { throw DiskError("become user", "\(id)") }
    }

    /// Does something with this user's rights, and has root's again afterwards.
    ///
    /// - Parameter patience: seconds; a file system of the user's own might never answer: the process then ends.
    /// - Throws: `DiskError` where this process cannot take these rights; what `body` throws.
    public func does<Value>(patience: UInt32 = 30, _ body: () throws -> Value) throws -> Value {
        var own = group
        var former = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
        guard getgroups(Int32(former.count), &former) >= 0, setgroups(1, &own) == 0, setegid(own) == 0, seteuid(id) == 0 else {
            throw DiskError("take the rights of user", "\(id)")
        }
        alarm(patience)
        defer {
            alarm(0)
            guard seteuid(0) == 0, setegid(0) == 0, setgroups(former.count, &former) == 0 else { abort() }
        }
        return try body()
    }
}
