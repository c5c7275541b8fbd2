// The page of a file: the files around it, what its owner can do with it, what other sites show of it.

import Accounts
import HTTP
import Media
import MediaStore
import Testing

@Suite struct DetailsPageTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    private func address(_ file: StoredFile) -> String { "/app/info.php?img=/uploads/\(file.path.encoded)" }

    private func link(_ relation: String, in page: String) -> String? {
        page.split(separator: "<a href=\"").first { $0.contains("rel=\"\(relation)\"") && $0.prefix { $0 != ">" }.contains("rel=") }
            .map { String($0.prefix { $0 != "\"" }) }
    }

    /// An account with a session: its headers and its id.
    private func bert() throws -> (headers: [String: String], id: Int) {
        try site.site.accounts.add(#require(AccountName("bert")), password: "correct horse", role: .user)
        guard case .welcome(let account, let session) = try site.site.accounts.logIn("bert", typed: "correct horse", from: "192.0.2.0", days: 1) else {
            throw TestSite.NotLoggedIn()
        }
        return (["Accept": "text/html", "Cookie": "imagebed_session=" + session], account.id)
    }

    @Test func theFilesBeside() throws {
        let files = try (0..<3).map { try site.keep("n\($0).png", [UInt8($0)]) }
        let page = try site.ask("GET", address(files[1])).text
        #expect(link("prev", in: page) == address(files[2]) && link("next", in: page) == address(files[0]))
        #expect(try link("prev", in: site.ask("GET", address(files[2])).text) == nil && link("next", in: site.ask("GET", address(files[0])).text) == nil)
        try site.change(["public_list": "off"])
        let closed = try site.ask("GET", address(files[1])).text
        #expect(link("prev", in: closed) == nil && !closed.contains("id=\"others\""), "who does not see the gallery does not see what is in it")
    }

    @Test func otherPictures() throws {
        let file = try site.keep()
        #expect(try !site.ask("GET", address(file)).text.contains("id=\"others\""))
        let others = try (0..<9).map { try site.keep("n\($0).png", [UInt8($0)]) }
        let shown = try site.ask("GET", address(file)).text.split(separator: "id=\"others\"").last ?? ""
        func isShown(_ file: StoredFile) -> Bool { shown.contains("<li><a href=\"\(address(file))\">") }
        #expect(others.count(where: isShown) == 8 && !isShown(file))
        try site.change(["random_pictures": "off"])
        #expect(try !site.ask("GET", address(file)).text.contains("id=\"others\""))
    }

    @Test func anUnlistedFileSaysSo() throws {
        let (headers, id) = try bert()
        let file = try site.keep(owner: id)
        #expect(try !site.ask("GET", address(file)).text.contains("不列出"))
        _ = try site.site.store.carryOut(.hide, on: [file.id], of: nil)
        let page = try site.ask("GET", address(file)).text
        #expect(page.contains("<p class=\"notice\">不列出：") && !page.contains("name=\"action\""))
        #expect(try site.ask("GET", address(file), headers).text.contains("<button name=\"action\" value=\"publish\">公开</button>"))
    }

    @Test func itsOwnerActs() throws {
        let (headers, id) = try bert()
        let (mine, other) = (try site.keep(owner: id), try site.keep("other.png", [1]))
        let page = try site.ask("GET", address(mine), headers).text
        #expect(page.contains("value=\"hide\"") && page.contains("value=\"recycle\"") && page.contains("value=\"delete\" data-ask=\"ask-delete\""))
        #expect(try !site.ask("GET", address(other), headers).text.contains("name=\"action\"") && !site.ask("GET", address(mine)).text.contains("name=\"action\""))
        #expect(try site.ask("GET", address(other), ["Cookie": site.session()]).text.contains("name=\"action\""), "an administrator")
        let token = try #require(page.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128))
        let back = try #require(page.split(separator: "name=\"back\" value=\"").dropFirst().first?.prefix { $0 != "\"" })
        let form = "form_token=\(token)&back=\(back)&id%5B%5D="
        let done = try site.post("/user/files.php", form + "\(mine.id)&action=hide", headers)
        let there = try #require(done.headers["location"])
        #expect(done.status == 303 && there == address(mine) + "&did=hide&done=1&failed=0")
        let told = try site.ask("GET", there, headers).text
        #expect(told.contains("已不列出：1 个") && told.contains("value=\"publish\""))
        #expect(try site.post("/user/files.php", form + "\(other.id)&action=hide", headers).headers["location"]?.contains("done=0&failed=1") == true)
        #expect(try site.post("/user/files.php", form + "\(mine.id)&action=recycle", headers).status == 303 && site.ask("GET", address(mine)).status == 404)
    }

    @Test func whatOtherSitesShow() throws {
        func properties(_ file: StoredFile) throws -> [String] {
            try site.ask("GET", address(file)).text.split(separator: "<meta property=\"").dropFirst().map { String($0.prefix { $0 != ">" }) }
        }
        let picture = try site.keep()
        #expect(try properties(picture) == [
            "og:title\" content=\"\(picture.originalName)\"", "og:type\" content=\"website\"", "og:site_name\" content=\"ImageBed\"",
            "og:image\" content=\"http://localhost/uploads/\(picture.path.text)\"", "og:image:type\" content=\"image/bmp\"",
            "og:image:width\" content=\"4\"", "og:image:height\" content=\"3\"",
        ])
        let video = try site.keep("clip.mp4", [1], type: .mp4)
        let told = try properties(video)
        #expect(told.contains("og:type\" content=\"video.other\"") && told.contains("og:video\" content=\"http://localhost/uploads/\(video.path.text)\""))
        #expect(told.contains("og:video:type\" content=\"video/mp4\"") && !told.contains { $0.hasPrefix("og:image") })
    }

    @Test func aMissingFileIsLookedFor() throws {
        for (language, words) in ["zh-CN": "按名称搜索", "zh-TW": "按名稱搜尋", "en": "Search by name"] {
            let page = try site.ask("GET", "/app/info.php?img=/uploads/2024/04/none.png", ["Accept-Language": language])
            #expect(page.status == 404 && page.text.contains("action=\"/app/list.php\" role=\"search\"") && page.text.contains(words))
        }
        try site.change(["public_list": "off"])
        #expect(try !site.ask("GET", "/app/info.php").text.contains("role=\"search\""))
    }

    @Test func theHistoryOfSomebodySignedIn() throws {
        #expect(try !site.ask("GET", "/app/history.php").text.contains("在每台设备上都能找到： <a href"))
        #expect(try site.ask("GET", "/app/history.php", ["Cookie": site.session()]).text.contains("在每台设备上都能找到： <a href=\"/user/files.php\">我的文件</a>"))
    }
}
