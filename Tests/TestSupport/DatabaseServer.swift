// A PostgreSQL server of the test process, on a socket in a folder of its own, as a user without rights; without fsync, because nobody
// pulls its plug. It goes when the process ends, however it ends: the shell above it reads a pipe until then.

import Glibc

/// A server with one empty database for each caller.
public final class DatabaseServer: Sendable {
    /// nil where PostgreSQL is not installed; why is said once.
    public static let shared: DatabaseServer? = {
        guard let programs = newestPrograms() else {
            print("PostgreSQL is not installed (apt install postgresql): its tests are left out")
            return nil
        }
        return DatabaseServer(programs)
    }()

    /// One more server, for what would disturb other tests; nil where PostgreSQL is not installed.
    ///
    /// - Parameter options: of `postgres`, for example "-c wal_level=minimal".
    public static func another(_ options: String = "") -> DatabaseServer? { newestPrograms().map { DatabaseServer($0, options) } }

    /// Where the socket is.
    public let folder: String
    private let programs: String
    /// Open as long as the process runs.
    private let lifeline: Int

    private static func newestPrograms() -> String? {
        (10...40).reversed().map { "/usr/lib/postgresql/\($0)/bin" }.first { access($0 + "/initdb", X_OK) == 0 }
    }

    private init(_ programs: String, _ options: String = "") {
        var template = Array("/tmp/imagebed-postgresql-XXXXXX".utf8CString)
        (folder, self.programs) = (String(cString: mkdtemp(&template)), programs)
        let user = geteuid() == 0 ? "setpriv --reuid=nobody --clear-groups --" : ""
        if geteuid() == 0 { precondition(system("chown nobody '\(folder)'") == 0) }
        let script = """
            cd \(folder) && \(user) \(programs)/initdb --no-sync --auth=trust --username=imagebed --locale=C --encoding=UTF8 data >log 2>&1 && {
            \(user) \(programs)/postgres -D data -k \(folder) -c listen_addresses= -c fsync=off -c shared_buffers=16MB \
            -c max_prepared_transactions=0 \(options) >>log 2>&1 </dev/null & server=$!
            cat >/dev/null; kill -QUIT $server; wait $server; }
            rm -rf \(folder)
            """
        lifeline = Int(bitPattern: popen(script, "we"))
        precondition(becomesTrue { access("\(folder)/.s.PGSQL.5432", F_OK) == 0 }, "PostgreSQL does not start: \(folder)/log")
    }

    /// Executes statements as somebody else, and returns the lines of the answer.
    @discardableResult
    public func execute(_ statements: String, in database: String = "postgres") -> String {
        guard let answer = popen("\(programs)/psql -XqAt -h \(folder) -U imagebed -d \(database) -c \"\(statements)\" 2>&1", "re") else { return "" }
        defer { pclose(answer) }
        var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 4_096))
        while case let count = fread(&part, 1, part.count, answer), count > 0 { bytes += part[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As if one of its processes had crashed: the server loses what it has not written yet, ends all connections, recovers and goes on.
    public func crash() {
        func lastCheckpoint() -> String { execute("SELECT checkpoint_lsn FROM pg_control_checkpoint()") }
        let before = lastCheckpoint()
        execute("COPY (SELECT 1) TO PROGRAM 'kill -9 \\$PPID'")
        let isBack = becomesTrue { ![before, ""].contains(lastCheckpoint()) && execute("SELECT 1") == "1\n" }
        precondition(isBack, "PostgreSQL does not come back: \(folder)/log")
    }

    /// Makes a database.
    ///
    /// - Parameter template: another one of this server, that nobody is connected to, of which it is a copy; without one it is empty.
    /// - Returns: how libpq finds it.
    public func makeDatabase(from template: String = "template1") -> String {
        let name = "test_\(UInt64.random(in: 0 ... .max))"
        // (A server that just begins refuses at first.)
        precondition(becomesTrue { execute("CREATE DATABASE \(name) TEMPLATE \(template)") == "" })
        return "host=\(folder) user=imagebed dbname=\(name)"
    }
}
