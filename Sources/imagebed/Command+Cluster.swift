// `imagebed cluster`: what concerns a site whose database is on a server (docs/cluster.md).

import JSONText
import PostgreSQL
import Site

extension Command {
    static let clusterCheck = Command(
        "cluster check", "Try the database that cluster.conf names, and say what is wrong.",
        details: """
            Tries what a node needs of it: the library libpq, the connection, the server's version and settings, the clock, the schema, and that
            this node has the secret of the others. Nothing is changed. Ends with 1 when there is a problem; warnings alone end with 0.
            """,
        options: [.json]
    ) { invocation in
        try ServiceUser.become(ownerOf: invocation.data)
        let findings = ClusterCheck.findings(invocation.data)
        if invocation.wantsJSON {
            Output.json(.array(findings.map(\.json)))
        } else {
            for finding in findings { Output.lines(finding.text) }
        }
        guard !findings.contains(where: { $0.level == .problem }) else { throw CommandFailure(.failed, "") }
    }

    static let clusterHosts = Command(
        "cluster hosts", "Tell which machines cluster.conf names, for install.sh.",
        details: "A line for each, also of cluster.conf.next, which is to be cluster.conf (imagebed move). None where the database is on this machine, in a file or behind a socket: then units need no network."
    ) { invocation in
        try ServiceUser.become(ownerOf: invocation.data)
        let files = try [ClusterFile(of: invocation.data), AnnouncedCluster.next(of: invocation.data)?.file]
        for host in try Set(files.compactMap { $0?.database }.flatMap { try ServerWords($0).hosts }).sorted() { Output.line(host) }
    }
}
