// The administrator's page of everybody's files: who may see it, what each field finds, and what is refused.

import Accounts
import Disk
import Media
import MediaStore
import TestSupport
import Testing

@Suite struct SiteFilesTests {
    private let site: TestSite
    private var accounts: Accounts { site.site.accounts }
    private static let page = "/admin/files.php"
    private static let hostile = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%26"

    init() throws { site = try TestSite() }

    private func bob() throws -> (headers: [String: String], token: String) {
        try accounts.add(AccountName("bob")!, password: "battery staple", role: .user)
        guard case .welcome(_, let session) = try accounts.logIn("bob", typed: "battery staple", from: "192.0.2.3", days: 1) else { throw TestSite.NotLoggedIn() }
        return try site.browser("imagebed_session=" + session)
    }

    private func id(of name: String) throws -> Int { try #require(try accounts.account(named: name)?.id) }

    private func shown(_ query: String, _ headers: [String: String]) throws -> [Int] {
        let page = try site.ask("GET", "\(Self.page)?\(query)", headers)
        #expect(page.status == 200, "\(query)")
        return page.text.split(separator: "<li class=\"card\" id=\"f").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    }

    @Test func onlyAdministratorsSeeIt() throws {
        #expect(try site.ask("GET", Self.page, ["Accept": "text/html"]).headers["location"] == "/user/login.php?back=/admin/files.php")
        let admin = try site.anna(), (headers, token) = try bob()
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
        let (headers, _) = try site.anna()
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
        let (headers, _) = try site.anna()
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

    /// A field that looks empty is empty.
    @Test(arguments: ["%20%E3%80%80", "%E2%80%8B%E2%81%A0", "%C2%AD", "%E2%A0%80", "%E2%A0%80+%E2%80%8B", "%EF%BF%B9%EF%BF%BB", "%EF%BB%BF"])
    func whatShowsNothingIsNoFilter(text: String) throws {
        let (headers, _) = try site.anna()
        let file = try site.keep().id
        for field in ["q", "type", "owner", "way", "address", "folder", "p"] { #expect(try shown("\(field)=\(text)", headers) == [file], "\(field)") }
        let page = try site.ask("GET", "\(Self.page)?owner=\(text)&q=\(text)", headers).text
        #expect(page.contains("name=\"owner\" value=\"\"") && page.contains("name=\"q\" value=\"\""))
        for list in ["/app/list.php", "/user/files.php"] { #expect(try site.ask("GET", "\(list)?q=\(text)", headers).text.contains("name=\"q\" value=\"\"")) }
    }

    /// Two fields ask for what is only there if it was recorded.
    @Test func whatIsNotRecordedIsTold() throws {
        let (headers, _) = try site.anna()
        for query in ["", "?in=recycle", "?way=web"] { #expect(try site.ask("GET", Self.page + query, headers).text.contains("record_senders")) }
        try site.change(["record_senders": "on"])
        #expect(try !site.ask("GET", Self.page, headers).text.contains("record_senders"))
    }

    /// No path sends a picture that is in the bin, so the cards tell it by other things; in an account's own bin too.
    @Test func filesOfTheBinAreToldApart() throws {
        let (headers, _) = try site.anna()
        let owner = try id(of: "anna")
        let picture = try site.keep("one.png", [1, 2], owner: owner), video = try site.keep("two.mp4", [3], type: .mp4, owner: owner)
        _ = try site.site.store.carryOut(.recycle, on: [picture.id, video.id], of: nil)
        let pixels = try #require(picture.width.flatMap { width in picture.height.map { "\(width) × \($0)" } })
        for (page, measures) in [("\(Self.page)?in=recycle", pixels), ("/user/files.php?in=recycled", "\(pixels) · 2 B")] {
            let text = try site.ask("GET", page, headers).text
            #expect(text.contains("#image\"></use></svg>bmp</span>") && text.contains("#play\"></use></svg>mp4</span>") && text.contains("<p class=\"meta\">\(measures)</p>"))
            #expect(!text.contains(picture.path.encoded + "\"") && !text.contains("thumb.php"), "nothing that would have to be public")
        }
    }

    /// What expires does so in the bin too: the earlier of both days.
    @Test func theBinTellsWhenAFileGoes() throws {
        let (headers, _) = try site.anna()
        for (name, expiry) in [("soon.png", "2000116800"), ("late.png", "2034592000"), ("never.png", "NULL")] {
            let file = try site.keep(name, [1])
            _ = try site.site.store.carryOut(.recycle, on: [file.id], of: nil)
            try site.site.database.run("UPDATE file SET deleted_at = 2000030400, expires_at = \(expiry) WHERE id = \(file.id)")
        }
        let bin = try site.ask("GET", "\(Self.page)?in=recycle", headers).text
        #expect(bin.split(separator: "2033-05-19 自动清除").count == 2 && bin.split(separator: "2033-06-17 自动清除").count == 3)
    }

    @Test func severalFilesAndTheBin() throws {
        let (headers, token) = try site.anna()
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

    // All files of a list

    private func location(_ answer: Answer) -> String { answer.headers["location"] ?? "\(answer.status)" }

    @Test func allFilesOfAFilter() throws {
        let (headers, token) = try site.anna()
        _ = try bob()
        let bobs = try (0..<60).map { try site.keep("b\($0).png", [UInt8($0)], owner: try id(of: "bob")).id }, other = try site.keep("other.png", [99]).id
        #expect(try site.ask("GET", "\(Self.page)?owner=bob", headers).text.contains("href=\"/admin/files.php?owner=bob&amp;all=1\""))
        let question = try site.ask("GET", "\(Self.page)?owner=bob&all=1", headers).text
        #expect(question.contains("共 60 个文件") && question.contains("name=\"filter\" value=\"owner=bob\"") && question.contains("value=\"recycle\"") && !question.contains("value=\"restore\""))
        #expect(try site.ask("GET", "\(Self.page)?owner=nobody&all=1", headers).status == 422)
        let form = "form_token=\(token)&filter=owner%3Dbob"
        for refused in [form + "&action=restore", form + "&action=rename"] { #expect(try site.post(Self.page, refused, headers).status == 400) }
        #expect(try site.post(Self.page, "filter=owner%3Dbob&action=recycle", headers).status == 403)
        #expect(try site.post(Self.page, form.replacing("bob", with: "nobody") + "&action=recycle", headers).status == 422)
        let wrong = try site.post(Self.page, form + "&action=delete&word=%E5%88%A0", headers)
        #expect(wrong.status == 422 && wrong.text.contains("没有开始：请输入“删除”来确认"))
        #expect(try shown("", headers).count == 60, "nothing was done")
        #expect(try location(site.post(Self.page, form + "&action=recycle", headers)) == "/admin/files.php?task=1")
        let page = try site.ask("GET", "\(Self.page)?task=1", headers).text
        #expect(page.contains("已移到回收站：60 个") && page.contains("已经完成") && page.contains("bob") && !page.contains("0 个没有完成"))
        #expect(try shown("", headers) == [other] && Set(shown("in=recycle&owner=bob", headers)) == Set(bobs))
        #expect(try location(site.post(Self.page, "form_token=\(token)&action=forget", headers)) == "/admin/files.php")
        #expect(try location(site.ask("GET", "\(Self.page)?task=1", headers)) == "/admin/files.php")
        #expect(try location(site.post(Self.page, "form_token=\(token)&action=go_on", headers)) == "/admin/files.php")
    }

    @Test func theBinIsEmptiedWithAWord() throws {
        let (headers, token) = try site.anna()
        let files = try (0..<3).map { try site.keep("b\($0).png", [UInt8($0)]).id }
        _ = try site.site.store.carryOut(.recycle, on: Array(files.prefix(2)), of: nil)
        let bin = try site.ask("GET", "\(Self.page)?in=recycle", headers).text
        #expect(bin.contains("<dialog id=\"ask-empty\"") && bin.contains("共 2 个文件") && bin.contains("输入“清空”确认"))
        let form = "form_token=\(token)&filter=in%3Drecycle&action=delete"
        for word in ["", "&word=%E5%88%A0%E9%99%A4"] { #expect(try site.post(Self.page, form + word, headers).status == 422) }
        #expect(try location(site.post(Self.page, form + "&word=+%E6%B8%85%E7%A9%BA+", headers)) == "/admin/files.php?task=1")
        #expect(try shown("in=recycle", headers) == [] && shown("", headers) == [files[2]])
    }

    /// A task that is not over is told on the page, and scripts learn how far it is.
    @Test func aTaskGoesOn() throws {
        let (headers, token) = try site.anna()
        for number in 0..<60 { try site.keep("b\(number).png", [UInt8(number)]) }
        let store = site.site.store
        try store.begin(.hide, filter: "", FileCount(files: 60, isWhole: true), by: id(of: "anna"))
        #expect(try site.ask("GET", Self.page, headers).text.contains("有一个批量操作还没有完成"))
        let page = try site.ask("GET", "\(Self.page)?task=1", headers).text
        #expect(page.contains("data-words=\"hidden\"") && page.contains("value=\"go_on\"") && page.contains("max=\"60\"") && page.contains("/task.js"))
        let json = try site.post(Self.page, "form_token=\(token)&action=go_on", headers.merging(["Accept": "application/json"]) { $1 }).text
        #expect(json == #"{"success":true,"done":60,"failed":0,"total":60,"over":true}"#, "\(json)")
        // An account that is gone meanwhile does not widen the list.
        try store.begin(.delete, filter: "owner=nobody", FileCount(files: 60, isWhole: true), by: id(of: "anna"))
        #expect(try site.post(Self.page, "form_token=\(token)&action=go_on", headers).text.contains("所属账号已经不在"))
        #expect(try shown("", headers).count == 60)
    }

    // Pictures that the replaced program had put aside

    private func suspect(_ name: String, _ bytes: [UInt8] = Sample.bmp(4, 3)) throws {
        let folder = try site.site.uploads.folder("suspic", creates: true)
        let draft = try Draft(in: folder)
        try bytes.withUnsafeBytes { try draft.write($0) }
        try draft.publish(as: name, in: folder)
    }

    @Test func suspectsAreShownRestoredAndDeleted() throws {
        let (headers, token) = try site.anna()
        #expect(try site.ask("GET", "\(Self.page)?in=suspic", headers).text.contains("没有可疑的图片"))
        _ = try site.site.uploads.folder("2025/07/04", creates: true)
        for name in ["2025_07_04_a.bmp", "2025_07_04_b.bmp", "1999_01_01_c.bmp"] { try suspect(name) }
        try suspect("2025_07_04_d.bmp", Array("<?php".utf8))
        let page = try site.ask("GET", "\(Self.page)?in=suspic", headers).text
        #expect(page.contains("2025_07_04_a.bmp") && page.contains("原位置 2025/07/04/a.bmp") && page.contains("原位置不明") && !page.contains("<img src=\"/uploads/suspic"))
        #expect(try site.ask("GET", "\(Self.page)?in=suspic&after=2025_07_04_a.bmp", headers).text.contains("value=\"2025_07_04_a.bmp\"") == false)
        func names(_ all: String...) -> String { all.map { "&name%5B%5D=\($0)" }.joined() }
        let form = "form_token=\(token)"
        #expect(try site.post(Self.page, "action=delete_suspects" + names("2025_07_04_a.bmp"), headers).status == 403)
        let restored = try site.post(Self.page, form + "&action=restore_suspects" + names("2025_07_04_a.bmp", "1999_01_01_c.bmp", "2025_07_04_d.bmp", "../imagebed.db"), headers)
        #expect(location(restored) == "/admin/files.php?in=suspic&did=restored&done=1&failed=3")
        #expect(try site.ask("GET", "\(Self.page)?in=suspic&did=restored&done=1&failed=3", headers).text.contains("已公开：1 个；3 个没有完成"))
        #expect(try shown("folder=2025/07/04", headers).count == 1 && site.site.uploads.holds("2025/07/04/a.bmp"))
        let gone = try site.post(Self.page, form + "&action=delete_suspects" + names("2025_07_04_b.bmp", "../2025/07/04/a.bmp", "none.bmp"), headers)
        #expect(location(gone) == "/admin/files.php?in=suspic&did=deleted&done=1&failed=2")
        #expect(try site.site.uploads.folder("suspic").entries() == ["1999_01_01_c.bmp", "2025_07_04_d.bmp"] && site.site.uploads.holds("2025/07/04/a.bmp"))
        #expect(try site.post(Self.page, String(repeating: "name%5B%5D=a&", count: 1_001) + form + "&action=delete_suspects", headers).status == 400)
    }
}
