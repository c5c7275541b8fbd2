// The checks of `imagebed doctor` of what runs the site: units, sockets and timers, or the start script, and when the daily work was done.

import Disk
import Paths
import Site
import Time

extension Doctor {
    static let checkUnits: @Sendable (Patient) -> [Finding] = { patient in
        guard let units = patient.units else { return sockets(patient.data) }
        let waiting = units.all.filter { $0.isThere && (!$0.name.hasSuffix(".service") || $0.name == Units.following) }
        let stopped = waiting.filter { !$0.isActive }.map(\.name), forgotten = waiting.filter { $0.isActive && !$0.isEnabled }.map(\.name)
        let missing = (units.ending(".socket") + units.ending(Units.following)).filter { !$0.isThere }.map(\.name)
        var findings: [Finding] = []
        if !missing.isEmpty { findings.append(.problem("units", "\(missing.joined(separator: ", ")) not installed", advice: "sudo ./install.sh")) }
        if !stopped.isEmpty {
            findings.append(.problem("units", "\(stopped.joined(separator: ", ")) stopped", advice: "sudo systemctl enable --now \(stopped.joined(separator: " "))"))
        }
        if !forgotten.isEmpty {
            findings.append(.warning("units", "\(forgotten.joined(separator: ", ")) will not be there when the machine starts again",
                                     advice: "sudo systemctl enable \(forgotten.joined(separator: " "))"))
        }
        // (As where `cluster.conf` was written after the installation, which alone finds that units need a network.)
        if case .server(let words, _)? = try? DatabasePlace(of: patient.data) { findings += [units.missingNetwork(to: words)].compactMap { $0 } }
        for web in units.all where ["nginx.service", "apache2.service"].contains(web.name) && web.isThere && web.isEnabled && !web.isActive {
            findings.append(.problem("units", "\(web.name) is \(web.state)", advice: "sudo systemctl start \(web.name)"))
        }
        return findings.isEmpty ? [.ok("units", "\(waiting.count) sockets, timers and paths wait")] : findings
    }

    /// Where systemd does not run the site.
    private static func sockets(_ data: DataFolder) -> [Finding] {
        guard InstalledSite.here?.data == data.path else { return [] }
        guard !Remedy.hasSystemd else {
            return [.warning("units", "systemd does not answer this user", advice: "sudo imagebed doctor")]
        }
        let missing = Endpoint.all.map(\.name).filter { !FileSystem.exists("/run/imagebed/\($0).sock") }
        guard !missing.isEmpty else { return [.ok("units", "all sockets are in /run/imagebed")] }
        return [.problem("units", "no socket of \(missing.joined(separator: ", "))", advice: "sudo /etc/init.d/imagebed restart")]
    }

    static let checkTimers: @Sendable (Patient) -> [Finding] = { patient in
        guard let units = patient.units else { return [] }
        var findings: [Finding] = []
        for (name, longest) in Units.timers {
            if let last = units.all.first(where: { $0.name == "imagebed-\(name).timer" && $0.isActive })?.lastRun, Now.seconds - last > longest {
                findings.append(.problem("timers", "imagebed \(name) last ran on \(SiteTime(last).text)", advice: "sudo systemctl restart imagebed-\(name).timer"))
            }
            if let service = units.all.first(where: { $0.name == "imagebed-\(name).service" && $0.isThere }), service.state == "failed" {
                findings.append(.problem("timers", "imagebed \(name) failed: \(service.result)",
                                         advice: "sudo systemctl start \(service.name); journalctl -u \(service.name) tells why it failed"))
            }
        }
        let runs = Units.timers.compactMap { name, _ in
            units.all.first { $0.name == "imagebed-\(name).timer" }?.lastRun.map { "\(name) \(SiteTime($0).text)" }
        }
        return findings.isEmpty ? [.ok("timers", runs.isEmpty ? "none has run since the machine started" : "they last ran: " + runs.joined(separator: ", "))] : findings
    }

    /// By the site's own record, whatever begins the work: systemd, cron, a loop.
    static let checkDailyWork: @Sendable (Site) throws -> [Finding] = { site in
        let days = 4
        let last = try site.store.lastCollection()
        let since = last ?? FileStatus(at: site.data.secret)?.modified ?? Now.seconds
        guard Now.seconds - since > days * 86_400 else {
            return [.ok("daily work", last.map { "imagebed gc last ran on \(SiteTime($0).text)" } ?? "imagebed gc has not run yet")]
        }
        return [.problem("daily work", "imagebed gc has not run since \(SiteTime(since).text)",
                         advice: "sudo imagebed gc; then see whether imagebed-gc.timer or cron runs")]
    }

    /// A minute is what a file has; more than some tell of a timer that does not run.
    static let checkExpiry: @Sendable (Site) throws -> [Finding] = { site in
        let patience = 300
        let (count, first) = try site.store.overdue(at: Now.seconds - patience)
        guard count > 0 else { return [.ok("expiry", "nothing is left of files whose time is over")] }
        return [.problem("expiry", "\(count) files whose time is over are still there, the first is \(first ?? "")",
                         advice: "sudo imagebed expire tells why; then see whether imagebed-expire.timer or cron runs")]
    }
}
