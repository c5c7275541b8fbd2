// The commands that mend what the doctor finds, as this machine has them.

import Disk
import Paths
import Process
import Site

/// Repair commands for a site.
struct Remedy {
    private let data: DataFolder
    private let installed: InstalledSite?

    init(_ data: DataFolder) {
        self.data = data
        installed = InstalledSite.here.flatMap { $0.data == data.path ? $0 : nil }
    }

    /// Whether systemd runs this machine.
    static var hasSystemd: Bool { FileSystem.exists("/run/systemd/system") }

    /// - Parameter responder: of the table of paths.
    func restart(_ responder: String) -> String {
        guard installed != nil else { return "end ./install.sh run and start it again" }
        return Remedy.hasSystemd ? "sudo systemctl restart imagebed-\(responder).socket" : "sudo /etc/init.d/imagebed restart"
    }

    /// The command after which events are delivered.
    var startEvents: String {
        guard installed != nil else { return "sudo imagebed events deliver --data \(data.path)" }
        return Remedy.hasSystemd ? "sudo systemctl restart imagebed-events.service" : "sudo /etc/init.d/imagebed start"
    }

    var isInstalled: Bool { installed != nil }

    /// The command after which this node follows the others.
    var startFollowing: String {
        guard installed != nil else { return "sudo imagebed follow --data \(data.path)" }
        return Remedy.hasSystemd ? "sudo ./install.sh, then sudo systemctl restart imagebed-follow.service" : "sudo imagebed follow --once; then see whether cron runs"
    }

    var startWebServer: String {
        guard let installed else { return "start the web server in front of it, or ./install.sh run again" }
        let name = installed.web == "apache" ? "apache2" : "nginx"
        return Remedy.hasSystemd ? "sudo systemctl start \(name)" : "sudo service \(name) start"
    }

    /// The address that the installation gave, for a wrong one; where that is the wrong one itself, only the operator knows another.
    func setAddress(insteadOf wrong: String) -> String {
        let given = UsualAddress.given(data).flatMap { $0 == wrong ? nil : $0 }
        return "imagebed settings set base_url \(given ?? "https://YOUR.SITE")"
    }

    var giveFolder: String { "sudo chown -R \(ServiceUser.name(of: User.currentID)): \(data.path)" }
}
