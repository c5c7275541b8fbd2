// The folder of the web server's configuration: in /etc for an installed site, as recorded by install.sh; in the data folder for
// `install.sh run`, where it belongs to the user who runs the web server.

import Disk
import Site
import WebServer

/// The choices of the installation on this machine.
struct InstalledSite {
    let data: String
    /// "nginx" or "apache".
    let web: String
    /// The web server's.
    let port: String
    /// "/pictures", or empty.
    let prefix: String

    private static let folder = "/etc/imagebed"
    static let control = "/usr/share/imagebed/install/control.sh"

    /// What the installation remembers, without what is empty; nil if no site is installed, or this user may not read that.
    static var recorded: [String: String]? {
        guard let bytes = try? Folder(folder).bytes(of: "install.conf", limit: 65_536) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(lines.filter { $0.count == 2 }.map { (String($0[0]), String($0[1])) }) { $1 }
    }

    /// nil as `recorded`.
    static var here: InstalledSite? {
        guard let values = recorded, let data = values["data"], let web = values["web"] else { return nil }
        return InstalledSite(data: data, web: web, port: values["port"] ?? "80", prefix: values["prefix"] ?? "")
    }

    var configuration: Configuration {
        Configuration(folder: web == "apache" ? "/etc/apache2/imagebed" : "/etc/nginx/imagebed", lockFolder: InstalledSite.folder)
    }
}

enum WebServerPlace {
    /// The configuration of a site that runs in the foreground.
    static func ofRun(_ data: DataFolder, _ web: String) -> Configuration { Configuration(folder: "\(data.run)/\(web)") }

    /// The configurations that depend on this site's settings, as far as this user may read them.
    static func all(_ data: DataFolder) -> [Configuration] {
        if let site = InstalledSite.here, site.data == data.path { return [site.configuration] }
        return ["nginx", "apache"].map { ofRun(data, $0) }.filter { $0.applied != nil }
    }
}
