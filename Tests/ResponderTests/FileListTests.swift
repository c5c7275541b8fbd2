// Lists of files: the gallery over all days, an account's files and recycle bin, and actions on several files.

import Accounts
import HTTP
import MediaStore
import Testing

@Suite struct FileListTests {
    private let site: TestSite
    private static let gallery = "/app/list.php"
    private static let own = "/user/files.php"

    init() throws { site = try TestSite() }

    private func id(of name: String) throws -> Int { try #require(try site.site.accounts.account(named: name)?.id) }

    private func shown(_ address: String, _ headers: [String: String] = [:]) throws -> [Int] {
        let page = try site.ask("GET", address, headers)
        #expect(page.status == 200)
        return page.text.split(separator: "<li class=\"card\" id=\"f").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    }

    private func link(_ relation: String, in page: String) -> String? {
        page.split(separator: "<a href=\"").first { $0.contains("rel=\"\(relation)\"") && $0.prefix { $0 != ">" }.contains("rel=") }
            .map { String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&") }
    }

    @Test func partsFollowEachOther() throws {
        let files = try (0..<130).map { try site.keep("n\($0).png", Array("\($0)".utf8)).id }
        var (address, found) = (Self.gallery, [Int]())
        for part in 0..<3 {
            let page = try site.ask("GET", address).text
            found += try shown(address)
            #expect((link("prev", in: page) != nil) == (part > 0) && (link("next", in: page) != nil) == (part < 2))
            if let next = link("next", in: page) { address = next } else { break }
        }
        #expect(found == files.reversed())
        let back = try #require(link("prev", in: try site.ask("GET", address).text))
        #expect(try shown(back) == Array(files.reversed()[60..<120]))
        let alone = try site.ask("GET", address + "&part=1")
        #expect(alone.text.hasPrefix("<nav class=\"pager\"") && alone.text.contains("<div class=\"part\" data-address=\"/app/list.php?before=") && !alone.text.contains("<html"))
    }

    /// The address by which a script shows the first part again is that of the same files.
    @Test func theFirstPartKeepsItsFiles() throws {
        for number in 0..<70 { try site.keep("n\(number).png", Array("\(number)".utf8)) }
        let page = try site.ask("GET", Self.gallery).text, first = try shown(Self.gallery)
        for number in 70..<140 { try site.keep("n\(number).png", Array("\(number)".utf8)) }
        let again = try String(#require(page.split(separator: "data-again=\"").dropFirst().first).prefix { $0 != "\"" })
        #expect(try shown(again) == first)
        let beside = try site.ask("GET", again).text
        #expect(link("prev", in: beside) != nil && link("next", in: beside) != nil && !beside.contains("data-again"))
        #expect(try !site.ask("GET", Self.gallery + "?q=nothing").text.contains("data-again"))
    }

    @Test func ordersTypesAndNames() throws {
        let (one, two, three) = (try site.keep("假日 one.png", [1, 2, 3]).id, try site.keep("two.png", [1]).id, try site.keep("three.mp4", [1, 2], type: .mp4).id)
        #expect(try shown(Self.gallery) == [three, two, one] && shown(Self.gallery + "?order=oldest") == [one, two, three])
        #expect(try shown(Self.gallery + "?order=size") == [one, three, two] && shown(Self.gallery + "?order=nothing") == [three, two, one])
        #expect(try shown(Self.gallery + "?type=video") == [three] && shown(Self.gallery + "?type=bmp") == [two, one] && shown(Self.gallery + "?type=png") == [])
        #expect(try shown(Self.gallery + "?q=%E5%81%87%E6%97%A5") == [one] && shown(Self.gallery + "?q=ONE") == [one] && shown(Self.gallery + "?q=+two+") == [two])
        for (query, said) in [("q=a", "请输入至少两个字符"), ("q=%25_'%22", "没有找到“%_&#39;&quot;”"), ("type=png", "没有这种类型的文件"), ("q=" + String(repeating: "x", count: 500), "没有找到“")] {
            let page = try site.ask("GET", "\(Self.gallery)?\(query)").text
            #expect(page.contains(said) && page.contains("显示全部"), "\(query)")
        }
    }

    /// Places of other orders, forged ones, and months that are none.
    @Test func aPlaceThatIsNoneMeansTheBeginning() throws {
        for number in 0..<70 { try site.keep("n\(number).png", [UInt8(number)]) }
        let next = try #require(link("next", in: try site.ask("GET", Self.gallery).text))
        for address in [next + "&order=views", next + "x", next + "&q=n1", Self.gallery + "?before=AAAA", Self.gallery + "?after=%00", Self.gallery + "?before=" + String(repeating: "_", count: 23)] {
            let page = try site.ask("GET", address)
            #expect(page.status == 200 && page.text.contains("这个地址里的位置已经失效"), "\(address)")
        }
        for month in ["2024/13", "x", "9999/12/01", "2024"] { #expect(try shown("\(Self.gallery)?month=\(month)").count == 60) }
    }

    @Test func anEmptyGallery() throws {
        #expect(try site.ask("GET", Self.gallery).text.contains("还没有上传的图片"))
    }

    @Test func filesOfAnAccount() throws {
        let (headers, _) = try site.anna()
        let account = try id(of: "anna")
        let (mine, other) = (try site.keep("mine.png", owner: account).id, try site.keep("other.png", [1]).id)
        #expect(try shown(Self.own, headers) == [mine] && shown(Self.gallery, headers) == [other, mine])
        #expect(try shown(Self.own + "?in=unlisted", headers) == [] && shown(Self.own + "?in=recycled", headers) == [])
        #expect(try site.ask("GET", Self.own, ["Accept": "text/html"]).headers["location"] == "/user/login.php?back=/user/files.php")
        #expect(try site.ask("GET", Self.own).status == 401)
    }

    @Test func severalFilesAtOnce() throws {
        try site.addAnna()
        try site.site.accounts.add(#require(AccountName("bert")), password: "correct horse", role: .user)
        guard case .welcome(_, let session) = try site.site.accounts.logIn("bert", typed: "correct horse", from: "192.0.2.0", days: 1) else { return }
        let headers = ["Accept": "text/html", "Cookie": "imagebed_session=" + session]
        let account = try id(of: "bert")
        let (one, two) = (try site.keep("one.png", [1], owner: account).id, try site.keep("two.png", [2], owner: account).id)
        let foreign = try site.keep("foreign.png", [3], owner: try id(of: "anna")).id
        let token = String(try #require(try site.ask("GET", Self.own, headers).text.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128)))
        let form = "form_token=\(token)&back=/user/files.php&id%5B%5D=\(one)&id%5B%5D=\(two)&id%5B%5D=\(foreign)&id%5B%5D=x"
        #expect(try site.post(Self.own, form.replacing(token, with: "x") + "&action=recycle", headers).status == 403)
        #expect(try site.post(Self.own, form + "&action=rename", headers).status == 400)
        let gone = try site.post(Self.own, form + "&action=recycle", headers)
        #expect(gone.status == 303 && gone.headers["location"] == "/user/files.php?did=recycle&done=2&failed=1")
        let told = try site.ask("GET", "/user/files.php?did=recycle&done=2&failed=1", headers).text
        #expect(told.contains("已移到回收站：2 个；1 个没有完成") && !told.contains("id=\"f\(one)\""))
        #expect(try shown(Self.own + "?in=recycled", headers) == [two, one] && shown(Self.gallery) == [foreign])
        let json = try site.post(Self.own, form + "&action=restore", headers.merging(["Accept": "application/json"]) { $1 })
        #expect(json.status == 200 && json.text.contains("\"done\":[\(one),\(two)]") && json.text.contains("\"failed\":[{\"id\":\(foreign),\"error\":\"no such file\"}]"))
        #expect(try site.post(Self.own, form + "&action=hide", headers).status == 303 && shown(Self.gallery) == [foreign])
        #expect(try shown(Self.own + "?in=unlisted", headers) == [two, one])
        #expect(try site.post(Self.own, "form_token=\(token)&action=recycle", headers).headers["location"]?.contains("done=0&failed=0") == true)
        // As many as one request takes, the token at its end; and one more.
        let many = String(repeating: "id%5B%5D=999999999&", count: 1_000)
        let most = try site.post(Self.own, many + "action=hide&form_token=\(token)", headers.merging(["Accept": "application/json"]) { $1 })
        #expect(most.status == 200 && most.text.contains("\"failed\":[{\"id\":999999999"))
        #expect(try site.post(Self.own, many + "id%5B%5D=1&action=hide&form_token=\(token)", headers).status == 400)
    }
}
