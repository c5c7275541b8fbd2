// `imagebed cluster check` tries all that a node needs of its database: each finding says what mends it.

import Database
import Disk
import PostgreSQL
import Site
import Time

/// An examination of `cluster.conf` and of what it names.
struct ClusterCheck {
    private let data: DataFolder
    private let file: ClusterFile
    private let place: String
    /// Whether the site is not there yet.
    private let isNew: Bool

    private init(_ data: DataFolder, _ file: ClusterFile, place: String, isNew: Bool = false) {
        (self.data, self.file, self.place, self.isNew) = (data, file, place, isNew)
    }

    /// The oldest server with what is used of it: asking how a transaction ended (`pg_xact_status` of a 64 bit number).
    private static let oldestVersion = 130_000
    /// Seconds.
    private static let clockLimit = 2
    /// What a node's processes may use at once.
    private static let connectionsOfNode = 60

    /// - Returns: one finding where there is no such file, or where it cannot be used.
    static func findings(_ data: DataFolder) -> [Finding] {
        do {
            guard let file = try ClusterFile(of: data) else {
                return [.ok("cluster.conf", "\(data.clusterFile) is not there: the rows are in \(data.database), and this machine is alone")]
            }
            return ClusterCheck(data, file, place: data.clusterFile).all()
        } catch {
            let repair = (error as? ClusterFileError)?.repair
            return [.problem("cluster.conf", "\(error)", advice: repair ?? "chown --reference=\(data.path) \(data.clusterFile)")]
        }
    }

    /// The same of a file that is to be `cluster.conf`, and of a database that may be empty.
    static func findings(_ announced: AnnouncedCluster, _ data: DataFolder) -> [Finding] {
        ClusterCheck(data, announced.file, place: announced.path, isNew: true).all()
    }

    private func all() -> [Finding] {
        let head = [Finding.ok("cluster.conf", "this node is \(file.nodeName)")]
        guard let database = file.database else { return head + [.ok("database", "\(place) names none: the rows are in \(data.database)")] }
        let words: ServerWords
        do { words = try ServerWords(database) } catch {
            let isMissing = FileSystem.exists("/usr/bin/apt") ? "sudo apt install libpq5, or mend the line database in \(place)" : "install libpq.so.5"
            return head + [.problem("libpq", CommandFailure(explaining: error).message, advice: isMissing)]
        }
        let library = Finding.ok("libpq", "version \(Self.release(words.libraryVersion)) is there")
        do {
            let server = try ServerConnection(database)
            let facts = try server.facts()
            return head + [library, .ok("connection", "database \(facts.database) as \(facts.user)")] + findings(facts, words)
                + (isNew ? [] : [schema(of: server), secret(on: server)])
        } catch {
            return head + [library, .problem("connection", CommandFailure(explaining: error).message, advice: repair(of: "\(error)", words))]
        }
    }

    private static func release(_ number: Int) -> String { "\(number / 10_000).\(number % 10_000)" }

    private func repair(of message: String, _ words: ServerWords) -> String {
        let name = words.database ?? "imagebed"
        let cases = [
            ("does not exist", "as the server's administrator: createuser --pwprompt imagebed; createdb --owner=imagebed --encoding=UTF8 --template=template0 \(name)"),
            ("authentication failed", "the password of the user in \(place), or its line in the server's pg_hba.conf"),
            ("no password supplied", "passfile=FILE or password=… in \(place)"),
            ("pg_hba.conf", "a line for this machine in the server's pg_hba.conf, then pg_ctl reload there"),
            ("translate host name", "the name of the host in \(place)"),
            ("too many", "more max_connections there, or pgbouncer in transaction mode in front"),
            ("session is not read-write", "the servers in \(place): one of them has to be the primary (pg_ctl promote)"),
            ("session is read-only", "the servers in \(place): one of them has to be the primary (pg_ctl promote)"),
        ]
        return cases.first { message.contains($0.0) }?.1 ?? "start the server, and let it listen where \(place) says (listen_addresses; a firewall in between)"
    }

    private func findings(_ facts: ServerFacts, _ words: ServerWords) -> [Finding] {
        [version(facts), encoding(facts), rights(facts), writes(facts, words), durability(facts), commits(facts), standbys(facts, words),
         connections(facts), clock(facts)]
    }

    private func version(_ facts: ServerFacts) -> Finding {
        guard facts.version >= Self.oldestVersion else {
            return .problem("version", "PostgreSQL \(facts.versionText) is too old", advice: "a server of version \(Self.oldestVersion / 10_000) or later")
        }
        return .ok("version", "PostgreSQL \(facts.versionText)")
    }

    private func encoding(_ facts: ServerFacts) -> Finding {
        guard facts.encoding == "UTF8" else {
            return .problem("encoding", "the database is in \(facts.encoding), which has not all characters of names",
                            advice: "a database made with createdb --encoding=UTF8 --template=template0, and its name in \(place)")
        }
        guard facts.hasICU else { return .problem("encoding", "the server was built without ICU", advice: "your distribution's package of PostgreSQL") }
        return .ok("encoding", "UTF8; texts are ordered by their bytes, whatever the database's collation is")
    }

    private func rights(_ facts: ServerFacts) -> Finding {
        guard facts.mayCreate else {
            return .problem("rights", "\(facts.user) may make no tables in \(facts.database)",
                            advice: "ALTER DATABASE \(facts.database) OWNER TO \(facts.user)")
        }
        return .ok("rights", "\(facts.user) may make tables")
    }

    private func writes(_ facts: ServerFacts, _ words: ServerWords) -> Finding {
        if facts.isStandby {
            return .problem("primary", "the server that answers is a standby", advice: "target_session_attrs=read-write in \(place), with all servers in host=")
        }
        if facts.isReadOnly {
            return .problem("primary", "the server takes no writes (default_transaction_read_only)",
                            advice: "ALTER DATABASE \(facts.database) RESET default_transaction_read_only")
        }
        if words.areMany, !words.asksForWriter {
            return .warning("primary", "\(place) names several servers, and a standby among them may answer", advice: "target_session_attrs=read-write in \(place)")
        }
        return .ok("primary", "it takes writes")
    }

    private func durability(_ facts: ServerFacts) -> Finding {
        guard facts.fsync, facts.fullPageWrites else {
            let name = facts.fsync ? "full_page_writes" : "fsync"
            return .problem("fsync", "\(name) is off: a power cut may leave nothing of the database", advice: "ALTER SYSTEM SET \(name) = on; SELECT pg_reload_conf()")
        }
        return .ok("fsync", "on, and full_page_writes too")
    }

    private func commits(_ facts: ServerFacts) -> Finding {
        guard facts.synchronousCommit != "off" else {
            return .problem("synchronous_commit", "off: a power cut takes back uploads that were answered with success",
                            advice: "ALTER DATABASE \(facts.database) RESET synchronous_commit, or ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf()")
        }
        return .ok("synchronous_commit", facts.synchronousCommit)
    }

    private func standbys(_ facts: ServerFacts, _ words: ServerWords) -> Finding {
        if facts.standbys == 0, !facts.synchronousStandbys.isEmpty, !["local", "off"].contains(facts.synchronousCommit) {
            return .problem("standbys", "a commit waits for \(facts.synchronousStandbys), but no standby follows: nothing can be written",
                            advice: "start the standby, or ALTER SYSTEM SET synchronous_standby_names = ''; SELECT pg_reload_conf()")
        }
        guard facts.standbys > 0 || words.areMany else { return .ok("standbys", "none: the site is as safe as this server's disk") }
        guard !facts.synchronousStandbys.isEmpty, facts.synchronousCommit != "local" else {
            return .warning("standbys", "none of them has what was answered with success: a failover may lose the last uploads",
                            advice: "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'; SELECT pg_reload_conf()")
        }
        return .ok("standbys", "\(facts.standbys); a commit waits for \(facts.synchronousStandbys)")
    }

    private func connections(_ facts: ServerFacts) -> Finding {
        guard facts.connections >= Self.connectionsOfNode else {
            return .warning("connections", "the server takes \(facts.connections), and a busy node may want \(Self.connectionsOfNode)",
                            advice: "ALTER SYSTEM SET max_connections = 100 and a restart of it, or pgbouncer in transaction mode")
        }
        return .ok("connections", "the server takes \(facts.connections), and each busy node may want \(Self.connectionsOfNode)")
    }

    private func clock(_ facts: ServerFacts) -> Finding {
        let difference = max(0, abs(facts.clockDifference) - facts.clockError)
        guard difference <= Self.clockLimit * 1_000_000 else {
            let side = facts.clockDifference > 0 ? "ahead of" : "behind"
            return .warning("clock", "the server's is \(difference / 1_000_000) s \(side) this machine's", advice: "sudo timedatectl set-ntp true on both")
        }
        return .ok("clock", "within \((difference + facts.clockError) / 1_000 + 1) ms of the server's")
    }

    private func schema(of server: ServerConnection) -> Finding {
        do {
            let found = try server.schemaVersion
            guard found > 0 else { return .warning("schema", "there is no site in the database yet", advice: "sudo imagebed setup --data \(data.path)") }
            try server.requireSchema(SiteSchema.known)
            let missing = try ServerSchema.missing(on: server)
            guard missing.isEmpty else {
                return .problem("schema", "the database was made before this program had \(missing.joined(separator: ", "))",
                                advice: "sudo imagebed setup --data \(data.path)")
            }
            return .ok("schema", "\(found), which this program works with")
        } catch {
            let isNewer = (error as? OtherSchema)?.isNewer == true
            return .problem("schema", "\(error)", advice: isNewer ? "the same version of the program on every node" : "sudo imagebed setup --data \(data.path)")
        }
    }

    private func secret(on server: ServerConnection) -> Finding {
        do {
            guard try server.schemaVersion > 0 else { return .skipped("node secret", because: "schema") }
            try ServerSchema.requireSecret(of: data, on: server)
            return .ok("node secret", "that of the site")
        } catch {
            return .problem("node secret", CommandFailure(explaining: error).message,
                            advice: "copy secret from another node to \(data.secret), with the owner of \(data.path) and mode 600")
        }
    }
}
