// What systemd tells of the site's units. It is asked once, with root's rights where the doctor has them: without D-Bus only root may ask.

import Disk
import PictureWorker
import Paths
import PostgreSQL
import Site

struct Units {
    struct Unit {
        let name: String
        private let told: [String: String]

        fileprivate init?(_ lines: Substring) {
            let pairs = lines.split(separator: "\n").compactMap { $0.keyAndValue }
            told = Dictionary(pairs.map { ($0.key, $0.value) }) { $1 }
            guard let name = told["Id"] else { return nil }
            self.name = name
        }

        var isThere: Bool { told["LoadState"] == "loaded" }
        /// Whether it waits or works.
        var isActive: Bool { ["active", "activating", "reloading"].contains(told["ActiveState"]) }
        var state: String { told["ActiveState"] ?? "unknown" }
        /// Whether it begins with the machine.
        var isEnabled: Bool { told["UnitFileState"]?.hasPrefix("enabled") == true }
        /// How its last run ended: "success", "exit-code".
        var result: String { told["Result"] ?? "" }
        /// nil where systemd does not say.
        var hasNetwork: Bool? { told["PrivateNetwork"].map { $0 == "no" } }
        /// When a timer last began its service, in seconds since 1970; nil for never.
        var lastRun: Int? { told["LastTriggerUSec"].flatMap { Int($0.drop { $0 == "@" }) }.flatMap { $0 > 0 ? $0 : nil } }
    }

    let all: [Unit]

    /// Timers, and the seconds between two runs that are a sign that something is wrong.
    static let timers = [("tally", 1_200), ("expire", 600), ("gc", 3 * 86_400), ("doctor", 4 * 3_600)]
    /// Of a site with `cluster.conf` alone.
    static let following = "imagebed-follow.service"
    static let systemctl = "/usr/bin/systemctl"

    /// nil where systemd does not run this site, or does not answer.
    init?(of data: DataFolder) {
        guard Remedy.hasSystemd, let installed = InstalledSite.here, installed.data == data.path else { return nil }
        let names = Endpoint.all.map { "imagebed-\($0.name).socket" } + Units.timers.flatMap { ["imagebed-\($0.0).timer", "imagebed-\($0.0).service"] }
            + (FileSystem.exists(data.clusterFile) ? [Units.following] : [])
            + ["imagebed-reload.path", "imagebed-events.path", installed.web == "apache" ? "apache2.service" : "nginx.service"]
        let child = Child(
            executable: Units.systemctl,
            arguments: ["show", "--timestamp=unix", "-p", "Id,LoadState,ActiveState,UnitFileState,Result,LastTriggerUSec,PrivateNetwork"] + names,
            environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"], descriptors: [], deadline: 20, outputLimit: 65_536)
        guard let end = try? child.run(), end.manner == .exited(0) else { return nil }
        all = Units.paragraphs(of: String(decoding: end.output, as: UTF8.self)).compactMap { Unit($0) }
        guard !all.isEmpty else { return nil }
    }

    /// Whether programs of the site reach other machines; all of them have it, or none. (The doctor, and who delivers events, always do.)
    var haveNetwork: Bool? { all.first { $0.name == "imagebed-\(Units.timers[0].0).service" && $0.isThere }?.hasNetwork }

    /// What is wrong where programs of the site do not reach the machines of a database, because their units have no network; nil where nothing is.
    ///
    /// - Parameters:
    ///   - words: where the database is.
    ///   - before, after: what else has to be done, around the command that gives them one.
    func missingNetwork(to words: String, before: String = "", after: String = "") -> Finding? {
        guard haveNetwork == false, let hosts = try? ServerWords(words).hosts, !hosts.isEmpty else { return nil }
        return .problem("units", "they have no network, and the database is on \(hosts.joined(separator: ", "))",
                        advice: "\(before)sudo ./install.sh (or sudo dpkg-reconfigure imagebed), which gives them one\(after)")
    }

    func ending(_ suffix: String) -> [Unit] { all.filter { $0.name.hasSuffix(suffix) } }

    /// Units stand with an empty line between them.
    private static func paragraphs(of text: String) -> [Substring] {
        var rest = text[...]
        var parts: [Substring] = []
        while let gap = rest.firstRange(of: "\n\n") {
            parts.append(rest[..<gap.lowerBound])
            rest = rest[gap.upperBound...]
        }
        return parts + [rest]
    }
}

extension Substring {
    /// What stands on both sides of the first `=` of a line.
    var keyAndValue: (key: String, value: String)? {
        guard let sign = firstIndex(of: "=") else { return nil }
        return (String(prefix(upTo: sign)), String(suffix(from: sign).dropFirst()))
    }
}
