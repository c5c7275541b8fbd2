// Locks among machines. Those among the processes of one machine are files' (`Disk.Lock`).

/// What one process does at a time, of all machines that share a database.
public enum ExclusiveWork: Int, Sendable {
    case deletions = 1
}

/// A lock that is held until the owner lets go of this object, or until its machine is dead.
public protocol HeldLock: AnyObject {
    /// Called before each step of long work: the engine gives the lock of a machine that says nothing to another one.
    ///
    /// - Throws: `DatabaseError`, `.unavailable` if this machine may have lost it: then the work has to stop.
    func check() throws
}

/// The lock of a machine that is alone with its database.
public final class LockOfOneMachine: HeldLock {
    public init() {}
    public func check() {}
}
