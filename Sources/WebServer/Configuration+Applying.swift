// From the values to a web server that works by them: render, ask the web server's own test, and either have it read its configuration
// again or bring everything back. What was applied, and why something could not be, is kept beside the files, for the doctor.

import Disk
import Process
import Settings
import Site

extension Configuration {
    private static let appliedName = "applied-values", problemName = "problem"

    /// What `reload` did.
    public struct Outcome {
        /// Names of files in `folder`.
        public let changed: [String]
        public let isReloaded: Bool
    }

    /// Makes the web server work by the values that the site's user has written.
    ///
    /// - Parameter user: who that is; nil for the user of this process.
    /// - Throws: `WebServerError`; `DiskError`. The files are then what they were, and the reason is kept (`problem`), but for `.locked`.
    public func reload(_ data: DataFolder, of user: User? = nil, through server: Server) throws -> Outcome {
        let lock = try lock()
        return try withExtendedLifetime(lock) {
            do {
                let outcome = try apply(try WebValues(of: data, as: user), through: server)
                try keep(problem: nil)
                // (Where that fails nobody minds: nothing reads them.)
                try? WebValues.removeFormerFiles(of: data, as: user)
                return outcome
            } catch {
                try? keep(problem: "\(error)")
                throw error
            }
        }
    }

    /// Renders for somebody who holds the lock, asks the web server and brings the former folder back if need be: an installation.
    ///
    /// - Returns: names of files in `folder` that changed.
    public func renderOnly(_ data: DataFolder, of user: User?) throws -> [String] {
        let values = try WebValues(of: data, as: user)
        let changed = try render(values)
        try keep(applied: values)
        try keep(problem: nil)
        return changed.map(\.name)
    }

    private func apply(_ values: WebValues, through server: Server) throws -> Outcome {
        let changed = try render(values)
        // Who died between rendering and testing has left files that nobody has tested.
        if changed.isEmpty && applied == values.text { return Outcome(changed: [], isReloaded: false) }
        do {
            try server.test()
        } catch {
            if changed.isEmpty { try restoreApplied() } else { try restore(changed) }
            throw error
        }
        try server.reload()
        try keep(applied: values)
        return Outcome(changed: changed.map(\.name), isReloaded: true)
    }

    /// Brings back what is known to work where nobody has kept the former files.
    private func restoreApplied() throws {
        if let applied { _ = try render(WebValues(reading: Array(applied.utf8))) }
    }

    /// The text of the values that the web server was last told to work by.
    public var applied: String? { text(Configuration.appliedName) }

    /// Why the last values could not be applied; nil where they were.
    public var problem: String? { text(Configuration.problemName) }

    private func text(_ name: String) -> String? {
        (try? Folder(folder).bytes(of: name, limit: WebValues.limit)).flatMap { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    private func keep(applied values: WebValues) throws { try keep(values.text, as: Configuration.appliedName) }

    private func keep(problem: String?) throws {
        guard let problem else { return try Folder(folder).remove(Configuration.problemName) }
        try keep(problem, as: Configuration.problemName)
    }

    private func keep(_ content: String, as name: String) throws {
        if text(name) != content { try Folder(folder).replace(name, with: Array(content.utf8), mode: 0o644) }
    }
}
