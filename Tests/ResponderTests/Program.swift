// A responder's executable is a plain CGI program too (RFC 3875): with one request in its environment and the body on its standard
// input it writes the answer and ends. That is how these tests run it: what is tested is what is installed, main included.

import Glibc
import TestSupport

/// An answer as a program wrote it.
struct Answer {
    let status: Int
    /// Names in lower case; of several of one name the last.
    let headers: [String: String]
    let body: [UInt8]
    /// What stands on standard error.
    let log: String

    var text: String { String(decoding: body, as: UTF8.self) }

    init(_ written: [UInt8], log: String) {
        self.log = log
        let end = written.indices.first { written[$0...].starts(with: [13, 10, 13, 10]) } ?? written.endIndex
        body = Array(written[end...].dropFirst(4))
        var (status, headers) = (0, [String: String]())
        for line in String(decoding: written[..<end], as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let (name, value) = (line[..<colon].lowercased(), line[colon...].dropFirst().drop { $0 == " " })
            if name == "status" { status = Int(value.prefix(3)) ?? 0 } else { headers[name] = String(value) }
        }
        (self.status, self.headers) = (status, headers)
    }
}

/// Executables beside the tests.
enum Program {
    private static let folder = pictureExecutable.split(separator: "/").dropLast().map { "/" + $0 }.joined()

    /// Runs an executable for one request.
    ///
    /// - Parameter folder: where body, answer and log are kept while it runs.
    static func run(_ name: String, _ variables: [String: String], body: [UInt8], in folder: TemporaryFolder) throws -> Answer {
        folder.write(body, as: "body")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, folder.path + "/body", O_RDONLY, 0)
        for (descriptor, name) in [(Int32(1), "answer"), (2, "log")] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "\(folder.path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var (process, status) = (pid_t(), Int32())
        let path = "\(Program.folder)/\(name)"
        var (arguments, environment) = ([strdup(path), nil], variables.map { strdup("\($0)=\($1)") } + [nil])
        defer { (arguments + environment).forEach { free($0) } }
        let failure = posix_spawn(&process, path, &actions, nil, &arguments, &environment)
        guard failure == 0, waitpid(process, &status, 0) == process else { throw NotRun(path: path, code: failure) }
        return Answer(folder.read("answer"), log: String(decoding: folder.read("log"), as: UTF8.self))
    }

    struct NotRun: Error {
        let path: String
        let code: Int32
    }
}
