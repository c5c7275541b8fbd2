// Deletions and replacements take turns: among the processes of a machine by the lock of a file, among machines that share a database by one of
// the database. Who waits holds the file's lock, so that only one process of each machine waits at the server.

import Database
import Disk
import Time

extension MediaStore {
    /// Runs `body` with the lock for deletions and replacements.
    ///
    /// - Throws: `DiskError`, `.held`, or `DatabaseError`, `.busy`, if others had it for too long.
    func inTurn<Value>(_ body: () throws -> Value) throws -> Value {
        guard let value = try inTurn(waits: true, body) else { preconditionFailure("who waits gets the lock or an error") }
        return value
    }

    /// - Returns: nil if it does not wait and another process has the lock.
    func inTurn<Value>(waits: Bool, _ body: () throws -> Value) throws -> Value? {
        let begun = Now.monotonicSeconds
        guard let own = try locks.lock(MediaStore.turn, waits: waits) else { return nil }
        defer { withExtendedLifetime(own) {} }
        let left = max(1, Lock.patience - Int(Now.monotonicSeconds - begun))
        guard let shared = try database.lock(.deletions, patience: waits ? left : nil) else { return nil }
        turn = shared
        defer { turn = nil }
        return try body()
    }

    /// Runs `body` while no process deletes or replaces files, on whatever machine.
    ///
    /// - Throws: `DiskError`, `.held`, or `DatabaseError`, `.busy`, if others did for too long.
    public func whileNobodyDeletes(_ body: () throws -> Void) throws { try inTurn(body) }

    static let turn = "deletions"

    /// Runs long work (a collection, a sweep).
    ///
    /// - Parameter beforeStep: called before each of its steps; what it throws ends the work.
    public func working<Value>(_ beforeStep: @escaping () throws -> Void, _ body: () throws -> Value) rethrows -> Value {
        let former = self.beforeStep
        self.beforeStep = beforeStep
        defer { self.beforeStep = former }
        return try body()
    }
}
