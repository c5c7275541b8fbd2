// `imagebed reload`: applies the settings to the web server. It runs as root, and reads only validated values from the data folder.

import Disk
import Process
import Settings
import Site
import Time
import WebServer

private let web = Option("--web", "SERVER", "nginx or apache of 'install.sh run'; else the installed one")
private let control = Option("--control", "FILE", "with --web: control.sh of the checkout")
private let onlyRender = Option("--render", nil, "only write the files; whoever asks for this tests and reloads (install.sh)")
private let follow = Option("--follow", nil, "stay, and do it again whenever the values change")
private let unattended = Option("--unattended", nil, "say nothing when nothing changed, or of a failure that was told before (units, cron)")

extension Command {
    static let reload = Command(
        "reload", "Have the web server work by the settings as they are.",
        details: """
            Takes the values that settings set has written (DATA/web/values), with the rights of the user to whom they belong, puts them
            into the templates beside the web server's configuration, asks the web server's own test, and has it read its configuration
            when something changed. Where the test refuses, the former files are back. An installed site does this by itself within
            seconds of a change, without systemd every minute.
            """,
        options: [web, control, onlyRender, follow, unattended]
    ) { invocation in
        let (configuration, server, user) = try place(invocation)
        if invocation.has(onlyRender) {
            for name in try configuration.renderOnly(invocation.data, of: user) { Output.line("wrote \(configuration.folder)/\(name)") }
            // (A running web server may still include the configuration files of an earlier version.)
            if invocation.value(web) != nil { try? WebValues.removeFormerFiles(of: invocation.data, as: user) }
        } else if invocation.has(follow) {
            followChanges(of: invocation.data) { attempt(configuration, server, invocation.data) }
        } else {
            let known = invocation.has(unattended) ? configuration.problem : nil
            do {
                let outcome = try configuration.reload(invocation.data, of: user, through: server)
                if outcome.isReloaded || !invocation.has(unattended) { tell(outcome, of: configuration, server) }
            } catch {
                throw CommandFailure(.failed, "\(error)" == known ? "" : "\(error)")
            }
        }
    }
}

/// - Throws: `CommandFailure`, `.usage`, if this user may not reload it.
private func place(_ invocation: Invocation) throws -> (Configuration, WebServerControl, User?) {
    let data = invocation.data
    if let name = invocation.value(web) {
        guard ["nginx", "apache"].contains(name), let script = invocation.value(control) else {
            throw CommandFailure(.usage, "--web is nginx or apache, and needs --control")
        }
        guard ServiceUser.owner(of: data) == nil else { throw CommandFailure(.usage, "\(data.path) belongs to another user") }
        let configuration = WebServerPlace.ofRun(data, name)
        return (configuration, WebServerControl(name: name, control: script, ownConfiguration: "\(configuration.folder)/run.conf"), nil)
    }
    guard User.isRoot else { throw CommandFailure(.usage, "this needs root: sudo imagebed reload") }
    guard let site = InstalledSite.here, site.data == data.path else {
        throw CommandFailure(.notFound, "no site with the data folder \(data.path) is installed on this machine; "
            + "what 'install.sh run' runs follows its settings by itself")
    }
    let user = try ServiceUser.account(of: data)
    return (site.configuration, WebServerControl(name: site.web, control: InstalledSite.control), user)
}

private func tell(_ outcome: Configuration.Outcome, of configuration: Configuration, _ server: WebServerControl) {
    for name in outcome.changed { Output.line("wrote \(configuration.folder)/\(name)") }
    Output.line(outcome.isReloaded ? "\(server.name) works by the settings now" : "\(server.name) works by the settings already")
}

private func attempt(_ configuration: Configuration, _ server: WebServerControl, _ data: DataFolder) {
    do { _ = try configuration.reload(data, through: server) } catch { Output.remark("imagebed reload: \(error)", .error) }
}

/// Polls twice a second for changes; the state at the start counts as applied.
private func followChanges(of data: DataFolder, _ action: () -> Void) -> Never {
    var seen = FileVersion(data.webValues)
    while true {
        pause(microseconds: 500_000)
        let present = FileVersion(data.webValues)
        guard present != seen else { continue }
        seen = present
        action()
    }
}

/// Identity and state of the file at a path.
private struct FileVersion: Equatable {
    let inode: UInt
    let seconds, nanoseconds, size: Int

    init(_ path: String) {
        let status = FileStatus(at: path, followsLink: false)
        (inode, size) = (status?.identity.inode ?? 0, status?.size ?? 0)
        (seconds, nanoseconds) = (status?.modified ?? 0, status?.modifiedNanoseconds ?? 0)
    }
}
