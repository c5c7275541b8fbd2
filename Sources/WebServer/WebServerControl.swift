// The web server of this machine. How its process is found, tested and reloaded is defined in one script of the installation (control.sh),
// which the installer uses too.

import PictureWorker

/// Tests and reloads a web server.
public struct WebServerControl: Sendable {
    /// "nginx" or "apache".
    public let name: String
    /// The path of the script.
    public let control: String
    /// The complete configuration file of a server started by `install.sh run`; nil for the machine's own server.
    public let ownConfiguration: String?

    public init(name: String, control: String, ownConfiguration: String? = nil) {
        (self.name, self.control, self.ownConfiguration) = (name, control, ownConfiguration)
    }

    /// Timeout in seconds.
    private static let patience = 60.0

    /// - Throws: `WebServerError.refused`.
    func test() throws {
        if let said = try complaint("test") { throw WebServerError.refused(said: said) }
    }

    /// Makes it read its configuration again; does nothing if it is not running.
    ///
    /// - Throws: `WebServerError.notReloaded`.
    func reload() throws {
        if let said = try complaint("reload") { throw WebServerError.notReloaded(said: said) }
    }

    /// The error message of an action; nil if it succeeded.
    private func complaint(_ action: String) throws -> String? {
        let end = try Child(
            executable: "/bin/bash", arguments: [control, name, action] + (ownConfiguration.map { [$0] } ?? []),
            environment: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"], descriptors: [],
            deadline: WebServerControl.patience
        ).run()
        if end.manner == .exited(0) { return nil }
        let said = String(decoding: end.output, as: UTF8.self).split(separator: "\n").joined(separator: "; ")
        return said.isEmpty ? "\(control) \(name) \(action): \(end.manner)" : said
    }
}
