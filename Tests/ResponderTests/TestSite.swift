// A site in a folder of its own, and requests to its responders.

import Accounts
import Administration
import Disk
import Media
import MediaStore
import Paths
import Site
import TestSupport
import Testing

final class TestSite {
    let folder = TemporaryFolder()
    let site: Site

    /// - Parameter settings: in their text form, beside those that every site of these tests has.
    init(_ settings: [String: String] = [:]) throws {
        let data = DataFolder(folder.path + "/data")
        try data.create()
        try SiteSchema.update(data)
        site = try Site(data: data)
        try change(["base_url": "http://localhost"].merging(settings) { $1 })
    }

    /// Changes settings, in their text form.
    func change(_ settings: [String: String]) throws {
        try Administration(site).change(settings.map { try SettingChange($0, $1) })
    }

    /// A key of the account "anna", which is made with the first one.
    func key(_ scopes: Set<Scope> = [.upload, .read, .json]) throws -> String {
        if try site.accounts.account(named: "anna") == nil { try addAnna() }
        return try site.accounts.createKey(of: "anna", name: "test", scopes: scopes).key
    }

    /// A picture that was uploaded before.
    @discardableResult
    func keep(_ name: String = "a.png", _ bytes: [UInt8] = Sample.bmp(4, 3), type: MediaType = .bmp, owner: Int? = nil) throws -> StoredFile {
        let draft = try Draft(in: site.uploads)
        try bytes.withUnsafeBytes { try draft.write($0) }
        let facts = MediaFacts(type: type, width: 4, height: 3)
        let new = NewFile(facts: facts, originalName: ClientName(name), sha256: bytes.suffix(32), sentSHA256: bytes.suffix(32))
        return try site.store.keep(draft, as: new, owner: owner, deduplicates: false).file
    }

    /// The session cookie of somebody who logged in.
    func session() throws -> String {
        if try site.accounts.account(named: "anna") == nil { try addAnna() }
        guard case .welcome(_, let session) = try site.accounts.logIn("anna", typed: "correct horse", from: "192.0.2.0", days: 1) else {
            throw NotLoggedIn()
        }
        return "imagebed_session=" + session
    }

    /// What a browser with a cookie sends, and what the forms of its pages carry.
    func browser(_ cookie: String) throws -> (headers: [String: String], token: String) {
        let headers = ["Accept": "text/html", "Cookie": cookie]
        let page = try ask("GET", "/user/index.php", headers).text
        return (headers, String(try #require(page.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128))))
    }

    /// The same for the administrator "anna", who is made with the first one.
    func anna() throws -> (headers: [String: String], token: String) { try browser(session()) }

    struct NotLoggedIn: Error {}

    func addAnna() throws { try site.accounts.add(AccountName("anna")!, password: "correct horse", role: .admin) }

    /// Asks a documented path, with a query or without.
    func ask(_ method: String = "GET", _ address: String, _ headers: [String: String] = [:], type: String = "", body: [UInt8] = [],
             sendFile: String? = nil) throws -> Answer {
        let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
        let path = try #require(DocumentedPath.all.first { $0.path == parts[0] }, "the table of paths has no \(parts[0])")
        var variables = [
            "IMAGEBED_DATA": site.data.path, "REQUEST_METHOD": method, "SCRIPT_NAME": parts[0], "QUERY_STRING": parts.count > 1 ? parts[1] : "",
            "REMOTE_ADDR": "192.0.2.7", "IMAGEBED_HTDOCS": DocumentedPath.checkout + "/htdocs",
        ]
        if method == "POST" { variables["CONTENT_LENGTH"] = "\(body.count)" }
        variables["SENDFILE_HEADER"] = sendFile
        if !type.isEmpty { variables["CONTENT_TYPE"] = type }
        for (name, value) in headers { variables["HTTP_" + name.uppercased().replacing("-", with: "_")] = value }
        let answer = try Program.run(path.executable, variables, body: body, in: folder)
        #expect(!answer.log.contains("\"status\":500"), "\(answer.log)")
        return answer
    }

    /// Sends a form of text fields.
    func post(_ address: String, _ fields: String, _ headers: [String: String] = [:]) throws -> Answer {
        try ask("POST", address, headers, type: "application/x-www-form-urlencoded", body: Array(fields.utf8))
    }

    /// Sends a form with a file and text fields.
    func upload(_ address: String, _ file: [UInt8], as field: String = "image", named name: String = "a.png",
                fields: [String: String] = [:], _ headers: [String: String] = [:]) throws -> Answer {
        var body: [UInt8] = []
        for (field, value) in fields {
            body += Array("--x\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array("--x\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"\(name)\"\r\n\r\n".utf8) + file
        return try ask("POST", address, headers, type: "multipart/form-data; boundary=x", body: body + Array("\r\n--x--\r\n".utf8))
    }
}

/// A row of the table of paths.
struct DocumentedPath: Sendable, CustomStringConvertible {
    let path: String
    let methods: [String]
    let executable: String

    var description: String { path }

    static let checkout = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

    static let all = Endpoint.all.flatMap { endpoint in
        endpoint.paths.map { DocumentedPath(path: $0.path.text, methods: endpoint.methods.map(\.name), executable: endpoint.name) }
    }
}
