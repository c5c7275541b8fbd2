// The virtual hosts of ours in the place of the old site's, and the one at which ours is tried beside it.

extension ApacheOldSite {
    /// The content of the file in the place of the old site's files: a virtual host for each of its own, and as they were those that only lead
    /// to them.
    ///
    /// - Parameters:
    ///   - configuration: the folder with locations.conf.
    ///   - accessFile: the site's .htaccess, where there is one.
    /// - Returns: the text, and what is not taken over, a line for each.
    /// - Throws: `OldSiteError` where visitors would come in who were kept out.
    public func replacement(including configuration: String, accessFile: String?) throws(OldSiteError) -> (text: String, notes: [String]) {
        var notes = try self.notes(on: accessFile)
        var lines = ["# The site in the place of \(folder): written by install.sh from what Apache had, and kept until that site is back."]
        for directive in common where files.contains(directive.file) {
            if directive.key == "listen" {
                lines += directive.lines("")
            } else if directive.key != "directory" {
                notes.append("not taken over from \(directive.file): \(directive.name) \(directive.text)")
            }
        }
        for host in hosts {
            guard isOldSite(host) else {
                lines += host.section.lines("")
                continue
            }
            let taken = TakenHost(host, paths: paths(host))
            notes += taken.notes
            let access = try ApacheAccess.ofFolder(paths(host), common, host)
            lines += section(host.section.text, taken.lines + renewal, configuration, onlyFor: access.flatMap { $0.lines("        ") })
        }
        return (lines.joined(separator: "\n") + "\n", notes)
    }

    /// The virtual host at which the new site is tried: at the old one's first address, under a name of its own, and for this machine alone.
    public func trial(including configuration: String, name: String) -> String {
        guard let host = reachable.first?.host else { return "" }
        let kept = host.section.children.filter { $0.key.hasPrefix("ssl") || $0.key.hasPrefix("protocols") }
        let lines = ["    ServerName \(name)"] + kept.flatMap { $0.lines("    ") }
        return section(host.section.text, lines, configuration, onlyFor: ["        Require local"]).joined(separator: "\n") + "\n"
    }

    /// What limits access comes after our own sections, and counts beside what those say.
    private func section(_ addresses: String, _ lines: [String], _ configuration: String, onlyFor access: [String]) -> [String] {
        let limits = access.isEmpty ? [] : ["    <Location \"/\">", "        AuthMerging And"] + access + ["    </Location>"]
        return ["<VirtualHost \(addresses)>"] + lines + ["    Include \"\(configuration)/locations.conf\""] + limits + ["</VirtualHost>"]
    }

    /// Where certificates are renewed by files in the old folder, they go on being: only names that such files have.
    private var renewal: [String] {
        let path = "/.well-known/acme-challenge"
        return """
            Alias "\(path)/" "\(folder)\(path)/"
            <Directory "\(folder)\(path)">
                Options None
                AllowOverride None
                ForceType text/plain
                Require all granted
                <FilesMatch "[^A-Za-z0-9_-]">
                    Require all denied
                </FilesMatch>
            </Directory>
        """.split(separator: "\n").map(String.init)
    }

    private func notes(on accessFile: String?) throws(OldSiteError) -> [String] {
        guard let accessFile, old.contains(where: { ApacheAccess.readsAccessFile(paths($0), common, $0) }) else { return [] }
        let said = AccessFile(accessFile)
        if let line = said.limits.first {
            throw OldSiteError("\(folder)/.htaccess says who is let in (\(line.prefix(100))), and files of the old folder are not read any more: "
                + "write that into its virtual host, in <Location \"/\">, then try again")
        }
        return said.notes.map { "not taken over from \(folder)/.htaccess: \($0.prefix(100))" }
    }
}
