// Applies values to the web server: render the templates, run the web server's configuration test, then reload it or restore the previous
// files. The applied values, and the last error, are stored beside the files for `imagebed doctor`.

import Disk
import Process
import Settings
import Site

extension Configuration {
    private static let appliedName = "applied-values", problemName = "problem"

    /// The result of `reload`.
    public struct Outcome {
        /// Names of files in `folder`.
        public let changed: [String]
        public let isReloaded: Bool
    }

    /// Applies the values written by the site's user to the web server.
    ///
    /// - Parameter user: the site's user; nil for the user of this process.
    /// - Throws: `WebServerError`; `DiskError`. The previous files are restored then, and the error is stored (not `.locked`).
    public func reload(_ data: DataFolder, of user: User? = nil, through server: WebServerControl) throws -> Outcome {
        let lock = try lock()
        return try withExtendedLifetime(lock) {
            do {
                let outcome = try apply(try WebValues(of: data, as: user), through: server)
                try keep(problem: nil)
                // (An error is ignored: nothing reads those files.)
                try? WebValues.removeFormerFiles(of: data, as: user)
                return outcome
            } catch {
                try? keep(problem: "\(error)")
                throw error
            }
        }
    }

    /// Renders while the caller holds the lock, without a test and a reload: the installer does both, and restores the folder if necessary.
    ///
    /// - Returns: names of the files in `folder` that changed.
    public func renderOnly(_ data: DataFolder, of user: User?) throws -> [String] {
        let values = try WebValues(of: data, as: user)
        let changed = try render(values)
        try keep(applied: values)
        try keep(problem: nil)
        return changed.map(\.name)
    }

    private func apply(_ values: WebValues, through server: WebServerControl) throws -> Outcome {
        let changed = try render(values)
        // A process that was killed between rendering and testing leaves files that were not tested.
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

    /// Renders the last working values, if the previous files are not available.
    private func restoreApplied() throws {
        if let applied { _ = try render(WebValues(reading: Array(applied.utf8))) }
    }

    /// The text of the values that were last applied.
    public var applied: String? { text(Configuration.appliedName) }

    /// Why the last values could not be applied; nil if they were.
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
