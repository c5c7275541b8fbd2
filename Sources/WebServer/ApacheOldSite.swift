// The virtual hosts of a site that is to be replaced behind Apache. Of its files only whole ones are put aside, so they may hold no other
// site.

import Disk

/// A site's virtual hosts in Apache's configuration.
public struct ApacheOldSite {
    let folder: String
    /// The directives outside of virtual hosts.
    let common: [ApacheDirective]
    /// Its files, in the order in which Apache reads them.
    public let files: [String]
    /// The virtual hosts in these files: those that have the site's folder as their root, and those that lead to them.
    let hosts: [ApacheHost]
    private let isOld: (ApacheHost) -> Bool

    /// - Parameters:
    ///   - configuration: as mod_info prints it (`ApacheDirective`).
    ///   - folder: of the site, without links in its path.
    /// - Throws: `OldSiteError`.
    public init(_ configuration: String, folder: String) throws(OldSiteError) {
        try self.init(configuration, folder: folder) { (try? FileSystem.resolve($0)) ?? ApacheAccess.withoutSlash($0) }
    }

    /// - Parameter resolve: the path of a folder without links.
    init(_ configuration: String, folder: String, resolve: @escaping (String) -> String) throws(OldSiteError) {
        let directives = ApacheDirective.tree(configuration)
        let all = directives.filter { $0.isSection && $0.key == "virtualhost" }.map(ApacheHost.init)
        let isOld = { (host: ApacheHost) in host.root.map { resolve($0) == folder } ?? false }
        var files: [String] = []
        for host in all where isOld(host) && !files.contains(host.file) { files.append(host.file) }
        guard !files.isEmpty else {
            throw OldSiteError("no virtual host of Apache has \(folder) as its DocumentRoot (apache2ctl -S shows what it has)")
        }
        self.folder = folder
        self.files = files
        self.isOld = isOld
        common = directives.filter { $0.key != "virtualhost" }
        hosts = all.filter { files.contains($0.file) }
        for file in files { try checkName(file) }
        try checkOthers()
        for host in all where !files.contains(host.file) { try checkNames(host) }
    }

    var old: [ApacheHost] { hosts.filter(isOld) }

    func isOldSite(_ host: ApacheHost) -> Bool { isOld(host) }

    /// Paths under which sections may name the folder.
    func paths(_ host: ApacheHost) -> [String] { [folder] + (host.root.map { [ApacheAccess.withoutSlash($0)] } ?? []) }

    private func checkName(_ file: String) throws(OldSiteError) {
        guard file.hasPrefix("/") else {
            throw OldSiteError("the virtual host of \(folder) is written by a macro (\(file)): write it out in a file of its own, then try again")
        }
        let name = file.split(separator: "/").last ?? ""
        guard name != "apache2.conf", name != "httpd.conf", name != "ports.conf" else {
            throw OldSiteError("the site stands in \(file) itself: move its virtual host to a file in sites-enabled, then try again")
        }
        guard !file.contains(where: { $0 == "%" || $0.isWhitespace }) else {
            throw OldSiteError("\(file): this program cannot move a file with such a name")
        }
    }

    private func checkOthers() throws(OldSiteError) {
        guard let other = hosts.first(where: { !isOld($0) && !$0.onlyRedirects }) else { return }
        throw OldSiteError("\(other.file) also holds another site (\(other.names.first ?? "without a name")): move that to a file of its own, "
            + "then try again")
    }

    /// Of two hosts with one name and address Apache asks only the first.
    private func checkNames(_ other: ApacheHost) throws(OldSiteError) {
        for host in hosts {
            guard let name = host.names.first(where: { name in other.names.contains { $0.lowercased() == name.lowercased() } }),
                  host.addresses.contains(where: { address in other.addresses.contains(where: address.meets) }) else { continue }
            throw OldSiteError("\(name) has two virtual hosts, in \(host.file) and in \(other.file): take it out of one, then try again")
        }
    }

    /// The addresses of the site, those with TLS first and IPv4 before IPv6: lines RANK SCHEME HOST PORT NAME, which end after PORT where the
    /// host has no name.
    public var addresses: [String] {
        reachable.map { rank, host, address in
            let line = "\(rank) \(host.isSecure ? "https" : "http") \(address.reachableHost) \(address.reachablePort)"
            return host.visitedName.map { "\(line) \($0)" } ?? line
        }
    }

    var reachable: [(rank: Int, host: ApacheHost, address: ApacheAddress)] {
        let found = old.flatMap { host in
            host.addresses.map { (rank: (host.isSecure ? 0 : 2) + ($0.isIPv6 ? 1 : 0), host: host, address: $0) }
        }
        return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }
}
