// `imagebed nginx-site`: what the running nginx has of the site that is replaced, and the configuration that replaces it. install.sh asks for
// nginx's own output and gives it to this command, which changes nothing.

import Disk
import Nginx
import Process

private let tell = Option("--tell", "WHAT", "workers, addresses, plan, servers or rest; without it, plan")
private let file = Option("--file", "FILE", "with --tell rest: the file")
private let configuration = Option("--configuration", "FOLDER", "where the site's http.conf and locations.conf lie")
private let rules = Option("--rules", "FILE", "directives of the operator's own for the new server block")

/// Maximum bytes of a configuration with all its files, and of the operator's rules.
private let limit = 64 << 20, rulesLimit = 1 << 20

extension Command {
    static let nginxSite = Command(
        "nginx-site DIR", "Tell what nginx has of the site in DIR, for install.sh.",
        details: """
            Standard input is what nginx -V and nginx -T print, one after the other. The command tells
              workers    user and group of nginx's workers, where the configuration or the program names them
              addresses  where the site answers: lines RANK SCHEME HOST PORT NAME, the best one first
              plan       what a takeover would do: lines "whole FILE" and "part FILE" (the files that hold the site, and those that hold
                         other things too), link, trial, log, hsts, lacks, "note FILE: DIRECTIVE" (has no effect any more),
                         "open FILE DIRECTIVE" (is to be decided)
              servers    the server blocks that replace those of the site
              rest       what stays of a file that holds other things too
            """,
        options: [tell, file, configuration, rules]
    ) { invocation in
        guard let bytes = try Transfer.readPipe(0, limit: limit) else {
            throw CommandFailure(.failed, "the configuration of nginx has more than \(limit >> 20) MB")
        }
        let old = OldServers(try Dump(bytes), of: invocation.operands[0], resolve: resolved)
        switch invocation.value(tell) ?? "plan" {
        case "workers": Output.line(old.dump.workers.map { "\($0.user) \($0.group)" } ?? "")
        case "addresses": tellAddresses(old)
        case "plan": try tellPlan(old, invocation)
        case "servers": write(Array(try replacement(of: old, invocation).text.utf8))
        case "rest": write(rest(of: old, invocation))
        default: throw CommandFailure(.usage, "--tell is workers, addresses, plan, servers or rest")
        }
    }
}

private func tellAddresses(_ old: OldServers) {
    for (rank, address) in old.addresses.enumerated() {
        Output.line("\(100 + rank) \(address.scheme) \(address.host) \(address.port) \(address.name)")
    }
}

private func tellPlan(_ old: OldServers, _ invocation: Invocation) throws {
    do { try old.check() } catch let error as OldServersError { throw CommandFailure(.notFound, error.description) }
    let replacement = try replacement(of: old, invocation)
    for file in old.files { Output.line("\(old.wholeFiles.contains(file) ? "whole" : "part") \(file)") }
    Output.line("link \(old.link ?? "\(folder(invocation))/enabled.conf")")
    Output.line("trial \(old.trialLink ?? "")")
    Output.line("log \(old.accessLog)")
    if let seconds = replacement.hstsSeconds { Output.line("hsts \(seconds)") }
    for module in old.dump.build.missingModules { Output.line("lacks \(module)") }
    for note in replacement.notes { Output.line("note \(note)") }
    // (What stands behind # is a comment where the line is written as it is shown.)
    for rule in replacement.openRules { Output.line("open \(rule.file) \(rule.line)\(rule.place.isEmpty ? "" : "  # of \(rule.place)")") }
}

/// (A pattern may name a file that is not there: nginx goes on when the link is removed.)
private func rest(of old: OldServers, _ invocation: Invocation) -> [UInt8] {
    let include = old.link == nil ? "\(folder(invocation))/enabled[.]conf" : nil
    return old.rest(of: invocation.value(file) ?? "", including: include) ?? []
}

private func replacement(of old: OldServers, _ invocation: Invocation) throws -> Replacement {
    let path = invocation.value(rules) ?? ""
    let places = try Replacement.Places(configuration: folder(invocation), rules: path, content: content(of: path))
    return Replacement(of: old, places)
}

private func folder(_ invocation: Invocation) -> String { invocation.value(configuration) ?? "/etc/nginx/imagebed" }

private func content(of path: String) throws -> [UInt8]? {
    guard let slash = path.lastIndex(of: "/"), FileSystem.exists(path) else { return nil }
    return try Folder(String(path[...slash])).bytes(of: String(path[path.index(after: slash)...]), limit: rulesLimit)
}

private func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { StandardOutput.results.write($0) } }

/// A root that is not there yet, or any more, is compared as it is written.
private func resolved(_ path: String) -> String {
    if let real = try? FileSystem.resolve(path) { return real }
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
}
