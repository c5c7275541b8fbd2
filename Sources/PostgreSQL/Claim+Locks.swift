// Locks of the server, which end with their transaction. They are taken in one order: that of everybody, then the claim's own, last of all
// that of the slots of counters; rows come after them. So those who have claims of their own wait for one another only where these are
// equal, and `.whole` waits for all of them.

import Database

extension Claim {
    /// Statements that wait for the claim's locks, at the beginning of a transaction.
    var locks: String {
        switch self {
        case .whole: "SELECT pg_advisory_xact_lock(0)"
        case .rows: Self.shared
        case .counted(let account): (account.map { Self.lock("files of \($0)") } ?? Self.shared) + "; " + Self.ownSlots
        case .sync(let account, let key): Self.lock("sync \(account) \(key)")
        case .file(let id): Self.lock("file \(id)")
        case .path(let path): Self.lock("path \(path)")
        case .key(let kind, let name): Self.lock("\(kind) \(name)")
        }
    }

    private static let shared = "SELECT pg_advisory_xact_lock_shared(0)"

    /// Those who add to the same slots wait here, where they would wait for the first row that they have in common, so that none can wait for
    /// another one's rows in another order. (The first number is not that of `ServerLock`.)
    private static let ownSlots = "SELECT pg_advisory_xact_lock(2, pg_backend_pid() % \(Slots.count))"

    private static func lock(_ name: String) -> String { "\(shared); SELECT pg_advisory_xact_lock(\(number(of: name)))" }

    /// FNV-1a, never 0, the same in every process. Two names with one number wait for each other without need, and that is all. (The locks of
    /// `ServerLock` have two numbers, and are others.)
    static func number(of name: String) -> Int64 {
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return Int64(bitPattern: hash | 1)
    }
}
