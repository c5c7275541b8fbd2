// `imagebed old-site`: what the installer has to know of a site that it is to replace, from the web server's own configuration.

import Disk
import WebServer

private let tell = Option("--tell", "WHAT", "files, addresses, hosts or trial")
private let configuration = Option("--configuration", "FOLDER", "with hosts and trial: where locations.conf is")
private let trialName = Option("--name", "NAME", "with trial: the name of that virtual host")

extension Command {
    static let oldSite = Command(
        "old-site DIR", "Tell of the site in DIR what Apache has of it (install.sh).",
        details: """
            Standard input is Apache's configuration, as apache2ctl -t -D DUMP_CONFIG prints it with the module info. WHAT is files, which hold
            the virtual hosts of DIR; addresses, lines RANK SCHEME HOST PORT NAME; hosts, those that take their place, with what is not taken
            over on standard error; or trial, the one at which the new site is tried.
            """,
        options: [tell, configuration, trialName]
    ) { invocation in
        let folder = invocation.operands[0]
        let site = try ApacheOldSite(input(), folder: folder)
        switch (invocation.value(tell), invocation.value(configuration), invocation.value(trialName)) {
        case ("files"?, nil, nil): Output.lines(site.files.joined(separator: "\n"))
        case ("addresses"?, nil, nil): Output.lines(site.addresses.joined(separator: "\n"))
        case ("hosts"?, let included?, nil):
            let (text, notes) = try site.replacement(including: included, accessFile: accessFile(folder))
            for note in notes { Output.remark(note) }
            try write(text)
        case ("trial"?, let included?, let name?): try write(site.trial(including: included, name: name))
        default: throw CommandFailure(.usage, "--tell is files, addresses, hosts (with --configuration) or trial (with --configuration and --name)")
        }
    }
}

/// As it is: the installer puts it into a file.
private func write(_ text: String) throws { try Array(text.utf8).withUnsafeBytes(Output.bytes) }

private func input() -> String {
    var text = ""
    while let line = readLine(strippingNewline: false) { text += line }
    return text
}

/// The file .htaccess of the old site; nil where there is none. (It is another user's: no link is followed.)
private func accessFile(_ folder: String) throws -> String? {
    try Folder(folder).bytes(of: ".htaccess", limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
}
