// To make a database from a template takes PostgreSQL a tenth of a second, to drop one a second. So a test gives its database back, and the
// next one finds it as new: emptied, with the rows and numbers of a new site.

import Database
import Glibc
import PostgreSQL
import Site
import TestSupport

/// A database on the test process's server.
final class PooledDatabase {
    let words: String
    let name: String
    /// Goes from test to test: what a server's process knows of a schema costs more than most tests.
    let connection: ServerConnection
    /// It is not used again.
    var isSpoilt = false

    init(_ words: String) throws {
        self.words = words
        connection = try ServerConnection(words)
        name = words.split(separator: " ").last.map { String($0.dropFirst("dbname=".count)) } ?? ""
    }
}

extension PooledDatabase {
    /// For connections that are made from now on: all that there are end.
    func makeReadOnly() throws {
        isSpoilt = true
        try connection.execute("ALTER DATABASE \(name) SET default_transaction_read_only = on")
        _ = try? connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()")
    }
}

/// A database that is the owner's alone.
final class DatabaseLease {
    let database: PooledDatabase

    init() throws { database = try DatabasePool.shared.take() }

    deinit { DatabasePool.shared.giveBack(database) }
}

/// Databases with a new site's schema.
final class DatabasePool: @unchecked Sendable {
    static let shared = DatabasePool()

    private let server: DatabaseServer
    private var free: [PooledDatabase] = []
    private var template: PooledDatabase?
    private var lock = pthread_mutex_t()

    private init() {
        guard let server = DatabaseServer.shared else { missing("IMAGEBED_ENGINE=postgresql without PostgreSQL") }
        self.server = server
        pthread_mutex_init(&lock, nil)
    }

    private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
        pthread_mutex_lock(&lock)
        defer { pthread_mutex_unlock(&lock) }
        return try body()
    }

    func take() throws -> PooledDatabase {
        try locked {
            if let known = free.popLast() { return known }
            let template = try template ?? makeTemplate()
            self.template = template
            return try PooledDatabase(server.makeDatabase(from: template.name))
        }
    }

    private func makeTemplate() throws -> PooledDatabase {
        let made = try PooledDatabase(server.makeDatabase())
        // (Of a database to which somebody is connected none can be made.)
        let database = try ServerConnection(made.words)
        try ServerSchema.make(on: database)
        try database.execute(Self.reset)
        try database.execute("SELECT test_remember()")
        return made
    }

    func giveBack(_ database: PooledDatabase) {
        guard !database.isSpoilt, (try? database.connection.execute("SELECT test_reset()")) != nil else { return }
        locked { free.append(database) }
    }

    /// Functions beside the site's tables: what a new site has, and to make it so again, without a look at triggers and references.
    private static let reset = """
        CREATE SCHEMA fresh;
        CREATE FUNCTION test_tables() RETURNS SETOF text LANGUAGE sql AS $body$
            SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        $body$;
        CREATE FUNCTION test_remember() RETURNS void LANGUAGE plpgsql AS $body$ DECLARE name text; BEGIN
            FOR name IN SELECT * FROM test_tables() LOOP EXECUTE format('CREATE TABLE fresh.%1$I AS TABLE public.%1$I', name); END LOOP;
        END $body$;
        CREATE FUNCTION test_reset() RETURNS void LANGUAGE plpgsql AS $body$ DECLARE name text; BEGIN
            SET LOCAL session_replication_role = replica;
            FOR name IN SELECT * FROM test_tables() LOOP
                EXECUTE format('DELETE FROM %I', name);
                EXECUTE format('INSERT INTO %1$I SELECT * FROM fresh.%1$I', name);
            END LOOP;
            FOR name IN SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace LOOP
                PERFORM setval(name::regclass, 1, false);
            END LOOP;
        END $body$;
        """
}
