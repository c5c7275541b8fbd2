import Testing

@testable import Nginx

@Suite struct DumpTests {
    @Test func filesAreAsTheyLieThere() throws {
        let dump = try Machine(files: [("/e/nginx.conf", "a;\n"), ("/e/b.conf", "b;"), ("/e/none.conf", "")]).dump()
        #expect(dump.files.map(\.path) == ["/e/nginx.conf", "/e/b.conf", "/e/none.conf"])
        #expect(dump.files.map { String(decoding: $0.text, as: UTF8.self) } == ["a;\n", "b;", ""])
    }

    @Test func includesAreRelativeToTheFirstFile() throws {
        let dump = try Machine(files: [
            ("/e/nginx.conf", "http { include v/*.conf; include /o/x; }"), ("/e/v/b.conf", "server { server_name b; include in; }"),
            ("/e/v/a.conf", "server { server_name a; }"), ("/e/v/.c.conf", "server { server_name c; }"), ("/e/v/d/e.conf", "server { server_name d; }"),
            ("/o/x", "server { server_name x; }"), ("/e/in", "root /srv;"),
        ]).dump()
        #expect(dump.servers.flatMap(\.names) == ["a", "b", "x"])
        #expect(dump.servers[1].roots == ["/srv"] && dump.servers[1].file == "/e/v/b.conf")
    }

    @Test func whatIncludesItselfHasAnEnd() throws {
        #expect(try Machine(files: [("/e/nginx.conf", "include nginx.conf; a;")]).dump().directives.flat.count > 1)
    }

    @Test(arguments: [
        ("user www;", "", "www www"), ("user www web;", "--user=nginx", "www web"), ("user 'a b';", "", "a b a b"), ("", "--user=nginx", "nginx nginx"),
        ("", "--user=nginx --group=web", "nginx web"), ("", "", ""),
    ]) func userAndGroupOfWorkers(_ text: String, _ arguments: String, _ expected: String) throws {
        let workers = try Machine(files: [("/n", text)], build: "configure arguments: \(arguments)").dump().workers
        #expect(workers.map { "\($0.user) \($0.group)" } ?? "" == expected)
    }

    @Test(arguments: [
        (["80"], "*", 80, false), (["127.0.0.1:8080"], "127.0.0.1", 8080, false), (["[::]:443", "ssl"], "[::]", 443, true),
        (["[::1]"], "[::1]", 80, false), (["0.0.0.0:81", "default_server"], "*", 81, false), (["unix:/run/a:b"], "unix:/run/a:b", 0, false),
        (["*:8443", "ssl", "http2"], "*", 8443, true), (["localhost"], "localhost", 80, false),
    ]) func whereABlockListens(_ words: [String], _ host: String, _ port: Int, _ isTLS: Bool) {
        let listen = Listen(words, isTLS: false)
        #expect(listen.host == host && listen.port == port && listen.isTLS == isTLS)
    }

    @Test func modulesThatAreMissing() throws {
        func missing(_ arguments: String) throws -> [String] { try Machine(files: [], build: "configure arguments: \(arguments)").dump().build.missingModules }
        #expect(try missing("--with-http_realip_module").isEmpty)
        #expect(try missing("--without-http_map_module --prefix=/x") == ["map", "realip"])
    }
}
