// Requests as visitors send them, by curl: it knows TLS, the machine's resolver and both versions of IP, and tells which hop failed.

import Disk
import PictureWorker
import Process

/// What a request has behind its headers.
enum WebBody {
    case none
    case raw(Draft, type: String)
    /// A form of one file.
    case file(Draft, named: String, type: String)
}

/// One request.
struct WebRequest {
    let url: String
    var method: String?
    /// "Name: value". They are in a file that curl reads: its arguments are shown to everybody on this machine.
    var headers: [String] = []
    var body = WebBody.none
    /// Seconds until it is given up.
    var patience = 30
}

/// An answer, whoever gave it.
struct WebAnswer {
    let status: Int
    /// The beginning.
    let body: [UInt8]
    /// curl's own variables and a few headers, by name; empty where there is none.
    fileprivate let told: [String: String]

    var type: String { told["content_type"] ?? "" }
    /// Where a redirect leads.
    var redirect: String { told["redirect_url"] ?? "" }
    /// The address that answered.
    var address: String { told["remote_ip"] ?? "" }
    /// The header `Date`.
    var date: String { told["date"] ?? "" }
    /// The first characters, for messages.
    var excerpt: String { String(String(decoding: body.prefix(200), as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ").prefix(120)) }
}

/// No answer.
struct WebFailure: Error, CustomStringConvertible {
    enum Hop { case name, connection, tls, answer, tool }

    let hop: Hop
    let description: String
}

/// Sends requests from this machine, without any proxy of its environment.
struct WebClient {
    static let curl = "/usr/bin/curl"
    /// Where files are put that are gone when their request has ended.
    let scratch: Folder

    /// Bytes of an answer that are read.
    private static let bodyLimit = 1 << 20
    private static let told = ["http_code", "content_type", "redirect_url", "remote_ip", "time_connect"]
    private static let format = told.map { "\n\($0)=%{\($0)}" }.joined() + "\ndate=%header{date}\n"
    private static let always = ["-q", "-sS", "--globoff", "--noproxy", "*", "--proto", "=http,https", "--connect-timeout", "10", "-A", "imagebed-doctor"]

    /// - Throws: `WebFailure` if there is no answer; `DiskError`.
    func send(_ request: WebRequest) throws -> WebAnswer {
        let answer = try Draft(in: scratch), headers = try Draft(in: scratch)
        try Array(request.headers.map { $0 + "\r\n" }.joined().utf8).withUnsafeBytes { try headers.write($0) }
        var arguments = WebClient.always + ["-m", "\(request.patience)", "-o", "/dev/fd/3", "-H", "@/dev/fd/4", "-w", WebClient.format]
        var descriptors = [answer.descriptor, headers.descriptor]
        switch request.body {
        case .none: break
        case .raw(let body, let type):
            arguments += ["-H", "Content-Type: \(type)", "-H", "Expect:", "--data-binary", "@/dev/fd/5"]
            descriptors.append(body.descriptor)
        case .file(let body, let name, let type):
            arguments += ["-H", "Expect:", "-F", "image=@/dev/fd/5;filename=\(name);type=\(type)"]
            descriptors.append(body.descriptor)
        }
        if let method = request.method { arguments += ["-X", method] }
        let (status, told) = try withExtendedLifetime((request, headers)) { try WebClient.run(arguments + [request.url], descriptors, patience: request.patience) }
        return WebAnswer(status: status, body: try WebClient.beginning(of: answer), told: told)
    }

    /// The status of each address's answer, 0 where there is none. (A responder does nothing for `OPTIONS`, and answers.)
    ///
    /// - Parameter patience: seconds for all of them.
    func statuses(of urls: [String], method: String = "OPTIONS", patience: Int) throws -> [Int] {
        guard !urls.isEmpty else { return [] }
        let arguments = WebClient.always + ["-X", method, "-m", "15", "-w", "status=%{http_code}\n"] + urls.flatMap { ["-o", "/dev/null", $0] }
        let lines = try WebClient.output(arguments, [], patience: patience).text.split(separator: "\n")
        let found = lines.compactMap { $0.hasPrefix("status=") ? Int($0.dropFirst(7)) : nil }
        return found + [Int](repeating: 0, count: max(0, urls.count - found.count))
    }

    /// What curl says of a server's certificate and the handshake; empty where there is none.
    func handshake(with url: String) throws -> String {
        try WebClient.output(WebClient.always + ["-v", "-k", "-m", "15", "-o", "/dev/null", "-I", url], [], patience: 20).text
    }

    private static func run(_ arguments: [String], _ descriptors: [Int32], patience: Int) throws -> (Int, [String: String]) {
        let (manner, text) = try output(arguments, descriptors, patience: patience + 5)
        let lines = text.split(separator: "\n")
        let pairs = lines.compactMap { $0.keyAndValue }
        let told = Dictionary(pairs.map { ($0.key, $0.value) }) { $1 }
        guard manner == .exited(0) else {
            let says = lines.first { $0.hasPrefix("curl: (") }.map { String($0.drop { $0 != " " }.dropFirst()) } ?? "curl: \(manner)"
            throw WebFailure(hop: hop(manner, isConnected: Double(told["time_connect"] ?? "") ?? 0 > 0), description: says)
        }
        return (Int(told["http_code"] ?? "") ?? 0, told)
    }

    private static func output(_ arguments: [String], _ descriptors: [Int32], patience: Int) throws -> (manner: ChildEnd.Manner, text: String) {
        guard FileSystem.refusal(of: .enter, at: curl) == nil else { throw WebFailure(hop: .tool, description: "\(curl) is not there") }
        // (An operator's own authorities count for what this machine trusts.)
        let trusted = Environment["CURL_CA_BUNDLE"].map { ["CURL_CA_BUNDLE=\($0)"] } ?? []
        let child = Child(executable: curl, arguments: arguments, environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"] + trusted,
                          descriptors: descriptors, deadline: Double(patience), outputLimit: 65_536)
        let end = try child.run()
        return (end.manner, String(decoding: end.output, as: UTF8.self))
    }

    /// By curl's exit codes (curl(1)).
    private static func hop(_ manner: ChildEnd.Manner, isConnected: Bool) -> WebFailure.Hop {
        guard case .exited(let code) = manner else { return .answer }
        switch code {
        case 6: return .name
        case 7: return .connection
        case 28: return isConnected ? .answer : .connection
        case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91: return .tls
        default: return .answer
        }
    }

    private static func beginning(of draft: Draft) throws -> [UInt8] {
        try draft.measure()
        var bytes = [UInt8](repeating: 0, count: min(draft.size, bodyLimit))
        let count = try bytes.withUnsafeMutableBytes { try draft.read(at: 0, into: $0) }
        return Array(bytes.prefix(count))
    }
}
