// The web server as a program of this machine. Which process it is, how it tests its configuration and how it is told to read it is
// known to one script of the installation (control.sh), which also installs by it.

import PictureWorker

/// A web server.
public struct Server: Sendable {
    /// "nginx" or "apache".
    public let name: String
    /// The script.
    public let control: String
    /// The whole configuration of one that `install.sh run` keeps; nil for the machine's own.
    public let ownConfiguration: String?

    public init(name: String, control: String, ownConfiguration: String? = nil) {
        (self.name, self.control, self.ownConfiguration) = (name, control, ownConfiguration)
    }

    /// Seconds.
    private static let patience = 60.0

    /// - Throws: `WebServerError.refused`.
    func test() throws {
        if let said = try complaint("test") { throw WebServerError.refused(said: said) }
    }

    /// Has it read its configuration; where it does not run, it will when it is started.
    ///
    /// - Throws: `WebServerError.notReloaded`.
    func reload() throws {
        if let said = try complaint("reload") { throw WebServerError.notReloaded(said: said) }
    }

    /// nil where the action succeeded.
    private func complaint(_ action: String) throws -> String? {
        let end = try Child(
            executable: "/bin/bash", arguments: [control, name, action] + (ownConfiguration.map { [$0] } ?? []),
            environment: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"], descriptors: [],
            deadline: Server.patience
        ).run()
        if end.manner == .exited(0) { return nil }
        let said = String(decoding: end.output, as: UTF8.self).split(separator: "\n").joined(separator: "; ")
        return said.isEmpty ? "\(control) \(name) \(action): \(end.manner)" : said
    }
}
