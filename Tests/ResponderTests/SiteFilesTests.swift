// The administrator's page of everybody's files: who may see it, what each field finds, and what is refused.

import Accounts
import Media
import MediaStore
import Testing

@Suite struct SiteFilesTests {
    private let site: TestSite
    private var accounts: Accounts { site.site.accounts }
    private static let page = "/admin/files.php"
    private static let hostile = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%26"

    init() throws { site = try TestSite() }

    private func browser(_ cookie: String) throws -> (headers: [String: String], token: String) {
        let headers = ["Accept": "text/html", "Cookie": cookie]
        let page = try site.ask("GET", "/user/index.php", headers).text
        return (headers, String(try #require(page.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128))))
    }

    private func anna() throws -> (headers: [String: String], token: String) { try browser(site.session()) }

    private func bob() throws -> (headers: [String: String], token: String) {
        try accounts.add(AccountName("bob")!, password: "battery staple", role: .user)
        guard case .welcome(_, let session) = try accounts.logIn("bob", typed: "battery staple", from: "192.0.2.3", days: 1) else { throw TestSite.NotLoggedIn() }
        return try browser("imagebed_session=" + session)
    }

    private func id(of name: String) throws -> Int { try #require(try accounts.account(named: name)?.id) }

    private func shown(_ query: String, _ headers: [String: String]) throws -> [Int] {
        let page = try site.ask("GET", "\(Self.page)?\(query)", headers)
        #expect(page.status == 200, "\(query)")
        return page.text.split(separator: "<li class=\"card\" id=\"f").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    }

    @Test func onlyAdministratorsSeeIt() throws {
        #expect(try site.ask("GET", Self.page, ["Accept": "text/html"]).headers["location"] == "/user/login.php?back=/admin/files.php")
        let admin = try anna(), (headers, token) = try bob()
        let file = try site.keep(owner: try id(of: "anna")).id
        #expect(try site.ask("GET", Self.page, headers).status == 403)
        #expect(try site.post(Self.page, "action=delete&id%5B%5D=\(file)&form_token=\(token)", headers).status == 403)
        #expect(try site.post(Self.page, "action=delete&id%5B%5D=\(file)", admin.headers).status == 403)
        #expect(try site.post(Self.page, "action=delete&id%5B%5D=\(file)&form_token=\(admin.token)", admin.headers.merging(["Origin": "https://evil.example"]) { $1 }).status == 403)
        #expect(try shown("", admin.headers) == [file] && !site.ask("GET", "/", headers).text.contains(Self.page))
        try site.change(["files_page": "off"])
        for sender in [admin.headers, headers, ["Accept": "text/html"]] { #expect(try site.ask("GET", Self.page, sender).status == 404) }
        #expect(try site.post(Self.page, "action=delete&id%5B%5D=\(file)&form_token=\(admin.token)", admin.headers).status == 404)
        #expect(try !site.ask("GET", "/", admin.headers).text.contains(Self.page))
    }

    @Test func eachFieldFindsItsFiles() throws {
        let (headers, _) = try anna()
        _ = try bob()
        let (one, two) = (try site.keep("one.png", [1], owner: try id(of: "anna")), try site.keep("two.mp4", [2], type: .mp4, owner: try id(of: "bob")))
        let three = try site.keep("假日.png", [3])
        _ = try site.site.store.carryOut(.hide, on: [three.id], of: nil)
        #expect(try shown("", headers) == [three.id, two.id, one.id] && shown("order=oldest", headers) == [one.id, two.id, three.id])
        #expect(try shown("owner=bob", headers) == [two.id] && shown("owner=-", headers) == [three.id] && shown("type=video", headers) == [two.id])
        #expect(try shown("unlisted=1", headers) == [three.id] && shown("q=two", headers) == [two.id] && shown("q=two&owner=anna", headers) == [])
        #expect(try shown("folder=videos", headers) == [two.id] && Set(shown("p=/\(one.path.folder)/", headers)) == [three.id, one.id])
        #expect(try shown("folder=none&owner=bob", headers) == [] && shown("order=size", headers).count == 2, "sizes are those of listed files")
        for address in ["http://localhost/uploads/\(one.path.text)", "/uploads/\(one.path.text)"] { #expect(try shown("q=\(address)", headers) == [one.id]) }
        #expect(try shown("way=web", headers) == [] && shown("address=192.0.2.1", headers) == [], "nothing was recorded")
        let page = try site.ask("GET", "\(Self.page)?folder=videos&type=video&order=oldest", headers).text
        #expect(page.contains("name=\"folder\" value=\"videos\"") && page.contains("bob · 1 B") && page.contains("value=\"video\" selected") && page.contains("value=\"oldest\" selected"))
    }

    /// Without them there would be more files than were asked for.
    @Test func whatCannotBeIsTold() throws {
        let (headers, _) = try anna()
        try site.keep()
        for (query, said) in [
            ("owner=nobody", "没有账号“nobody”"), ("owner=\(Self.hostile)", "没有账号“&lt;script&gt;"), ("way=x", "上传方式要是"), ("address=192.0.2.300", "这不是 IP 地址"),
            ("address=\(Self.hostile)", "这不是 IP 地址"), ("folder=../etc", "这不能是文件夹"), ("folder=" + String(repeating: "a/", count: 260) + "b", "这不能是文件夹"),
            ("type=exe", "没有这种类型"), ("q=" + String(repeating: "x", count: 101), "搜索最多 100 个字符"), ("p=%00", "这不能是文件夹"),
        ] {
            let page = try site.ask("GET", "\(Self.page)?\(query)", headers)
            #expect(page.status == 422 && page.text.contains(said) && !page.text.contains("class=\"card\"") && !page.text.contains("<script>alert"), "\(query)")
        }
        for query in ["unlisted=x", "in=x", "order=x", "before=AAAA"] { #expect(try shown(query, headers).count == 1) }
    }

    @Test func severalFilesAndTheBin() throws {
        let (headers, token) = try anna()
        _ = try bob()
        let one = try site.keep("one.png", [1], owner: try id(of: "bob")), two = try site.keep("two.png", [2])
        let form = "form_token=\(token)&back=\(Self.page)?owner=bob&id%5B%5D=\(one.id)&id%5B%5D=\(two.id)"
        let gone = try site.post(Self.page, form + "&action=recycle", headers)
        #expect(gone.status == 303 && gone.headers["location"] == "/admin/files.php?owner=bob&did=recycle&done=2&failed=0")
        #expect(try shown("", headers) == [] && shown("in=recycle", headers) == [two.id, one.id] && shown("in=recycle&owner=bob", headers) == [one.id])
        let bin = try site.ask("GET", "\(Self.page)?in=recycle", headers).text
        #expect(bin.contains("原位置 \(one.path.text)") && bin.contains("自动清除") && bin.contains("formaction=\"/admin/files.php?only=\(one.id)\""))
        #expect(try site.post("\(Self.page)?only=\(one.id)", form + "&action=restore", headers).status == 303 && shown("", headers) == [one.id])
        let json = try site.post(Self.page, form + "&action=delete", headers.merging(["Accept": "application/json"]) { $1 })
        #expect(try json.text.contains("\"done\":[\(one.id),\(two.id)]") && shown("in=recycle", headers) == [])
        let many = String(repeating: "id%5B%5D=999999999&", count: 1_001)
        #expect(try site.post(Self.page, many + "action=hide&form_token=\(token)", headers).status == 400)
        #expect(try site.post(Self.page, form + "&action=rename", headers).status == 400)
    }
}
