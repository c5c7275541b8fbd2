// What a server says of itself, for the operator.

import Database
import Time

/// What matters of a server to a site.
public struct ServerFacts: Sendable {
    /// 150014 for 15.14.
    public let version: Int
    public let versionText: String
    public let database: String
    public let user: String
    /// "UTF8".
    public let encoding: String
    /// Whether it knows the collations of ICU.
    public let hasICU: Bool
    /// Whether the user may make tables.
    public let mayCreate: Bool
    /// Whether it follows another server, and whether it takes no writes for another reason.
    public let isStandby: Bool
    public let isReadOnly: Bool
    /// Whether a commit is on the disk when it is answered.
    public let fsync: Bool
    public let fullPageWrites: Bool
    /// "on", "remote_apply", "off".
    public let synchronousCommit: String
    /// Which standbys have a commit when it is answered; empty for none.
    public let synchronousStandbys: String
    /// How many servers follow this one.
    public let standbys: Int
    /// Connections that others than administrators may make.
    public let connections: Int
    /// How far its clock is ahead of this machine's, in microseconds, and how wrong that may be.
    public let clockDifference: Int
    public let clockError: Int

    fileprivate init(_ row: Row, asked: Int, answered: Int) {
        (version, versionText, database, user, encoding) = (row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4))
        (hasICU, mayCreate, isStandby, isReadOnly) = (row.integer(5) != 0, row.integer(6) != 0, row.integer(7) != 0, row.integer(8) != 0)
        (fsync, fullPageWrites, synchronousCommit) = (row.text(9) == "on", row.text(10) == "on", row.text(11))
        (synchronousStandbys, standbys, connections) = (row.text(12), row.integer(13), row.integer(14))
        clockDifference = row.integer(15) - (asked + answered) / 2
        clockError = (answered - asked) / 2
    }
}

extension ServerConnection {
    /// - Throws: `DatabaseError`.
    public func facts() throws -> ServerFacts {
        // (A connection that is made first would count as the server's delay.)
        _ = try has("SELECT 1")
        let asked = Now.microseconds
        guard let facts = try first(Self.facts, make: { ServerFacts($0, asked: asked, answered: Now.microseconds) }) else {
            throw DatabaseError(.other, message: "no answer", description: "PostgreSQL says nothing of itself")
        }
        return facts
    }

    private static let facts = """
        SELECT current_setting('server_version_num')::bigint, split_part(current_setting('server_version'), ' ', 1), current_database()::text,
            current_user::text, (SELECT pg_encoding_to_char(encoding)::text FROM pg_database WHERE datname = current_database()),
            EXISTS (SELECT 1 FROM pg_collation WHERE collprovider = 'i'),
            COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false) AND has_database_privilege(current_database(), 'CONNECT'),
            pg_is_in_recovery(), current_setting('transaction_read_only') = 'on', current_setting('fsync'), current_setting('full_page_writes'),
            current_setting('synchronous_commit'), current_setting('synchronous_standby_names'), (SELECT COUNT(*) FROM pg_stat_replication),
            current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint,
            (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
        """
}
