// The details page gives a file another name, and other bytes.

import Accounts
import Disk
import Media
import MediaStore
import Site
import TestSupport
import Testing

@Suite struct FileChangeTests {
    private let site: TestSite
    private let owner: (headers: [String: String], id: Int)
    private let file: StoredFile

    init() throws {
        site = try TestSite(["replace_files": "on"])
        owner = try FileChangeTests.account("bert", site)
        file = try site.keep(owner: owner.id)
    }

    private static func account(_ name: String, _ site: TestSite) throws -> (headers: [String: String], id: Int) {
        try site.site.accounts.add(#require(AccountName(name)), password: "correct horse", role: .user)
        guard case .welcome(let account, let session) = try site.site.accounts.logIn(name, typed: "correct horse", from: "192.0.2.0", days: 1) else {
            throw TestSite.NotLoggedIn()
        }
        return (["Accept": "text/html", "Cookie": "imagebed_session=" + session], account.id)
    }

    private func address(_ file: StoredFile) -> String { "/app/info.php?img=/uploads/\(file.path.encoded)" }
    private var here: String { address(file) }
    private func page(_ headers: [String: String]? = nil, _ more: String = "") throws -> String { try site.ask("GET", here + more, headers ?? owner.headers).text }

    private func token(_ headers: [String: String]) throws -> String {
        let page = try site.ask("GET", "/user/files.php", headers).text
        return String(try #require(page.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128)))
    }

    private func rename(_ name: String, _ headers: [String: String]? = nil) throws -> Answer {
        let headers = headers ?? owner.headers
        return try site.post(here, "form_token=\(token(headers))&action=rename&name=\(name)", headers)
    }

    private func replace(_ bytes: [UInt8], named name: String = "new.bmp", _ headers: [String: String]? = nil) throws -> Answer {
        let headers = headers ?? owner.headers
        return try site.upload(here, bytes, as: "file", named: name, fields: ["form_token": token(headers)], headers)
    }

    private var stored: StoredFile? { get throws { try site.site.store.file(file.id) } }
    private var bytes: [UInt8] { site.folder.read("data/uploads/\(file.path.text)") }

    // Another name

    @Test func anotherName() throws {
        let form = try page()
        #expect(form.contains("<summary>改名</summary>") && form.contains("id=\"new-name\" value=\"a.png\" maxlength=\"255\" required"))
        let done = try rename("%E6%98%A5%20%3Cb%3E%22.png")
        #expect(done.status == 303 && done.headers["location"] == here + "&changed=renamed")
        #expect(done.log.contains("\"done\":\"renamed\",\"what\":\"\(file.path.text)\",\"account\":\"bert\""))
        #expect(try stored?.originalName == "春 <b>\".png" && stored?.path == file.path)
        let told = try page(nil, "&changed=renamed")
        #expect(told.contains("<p class=\"notice ok\" role=\"status\">已改名</p>") && told.contains("<dd>春 &lt;b&gt;&quot;.png</dd>"))
        #expect(try site.ask("GET", "/api/v1/list.php?q=%E6%98%A5%20%3C").text.contains("\"original_name\":\"春 <b>\\\".png\""))
        #expect(try rename("admin.png", ["Cookie": site.session()]).status == 303 && stored?.originalName == "admin.png")
    }

    @Test(arguments: ["", "%20", "a%2Fb", "a%5Cb", "a%0Ab", String(repeating: "x", count: 256)]) func whatIsNoName(name: String) throws {
        let refused = try rename(name)
        #expect(refused.status == 400 && refused.text.contains("<p class=\"notice bad\" role=\"alert\">名称要有 1 到 255 字节"))
        #expect(refused.text.contains("aria-invalid=\"true\"") && refused.text.contains("<details class=\"fold\" open>\n<summary>改名"))
        if name == "a%2Fb" { #expect(refused.text.contains("id=\"new-name\" value=\"a/b\""), "what was entered is still there") }
        #expect(try stored?.originalName == "a.png")
    }

    // Another file

    @Test func anotherFile() throws {
        let form = try page()
        #expect(form.contains("<summary>替换文件</summary>") && form.contains("accept=\".bmp\"") && form.contains("enctype=\"multipart/form-data\""))
        let name = try #require(file.path.numbered(1)?.name)
        #expect(form.contains("名为 \(name)") && form.contains("最长一年"))
        let done = try replace(Sample.bmp(5, 2))
        #expect(done.status == 303 && done.headers["location"] == here + "&changed=replaced")
        #expect(done.log.contains("\"done\":\"replaced\",\"what\":\"\(file.path.text)\",\"account\":\"bert\""))
        #expect(try bytes == Sample.bmp(5, 2) && stored?.width == 5 && stored?.height == 2 && stored?.originalName == "a.png")
        let former = try #require(try site.site.store.files(FileSelection(owner: owner.id, isRecycled: true), atMost: 9).first)
        #expect(former.path == file.path.numbered(1) && former.width == 4)
        let told = try page(nil, "&changed=replaced")
        #expect(told.contains("role=\"status\">已替换") && told.contains("<img src=\"http://localhost/uploads/\(file.path.text)?v=1\""))
        #expect(try site.ask("GET", here).text.contains("\(file.path.text)?v=1\""), "for others too, who may have seen the former one")
        #expect(told.contains("property=\"og:image\" content=\"http://localhost/uploads/\(file.path.text)\""), "the address to pass on is the same")
        #expect(try replace(Sample.bmp(5, 2)).headers["location"] == here + "&changed=unchanged")
        #expect(try page(nil, "&changed=unchanged").contains("没有改动"))
        #expect(try replace(Sample.bmp(6, 2), ["Cookie": site.session()]).status == 303 && bytes == Sample.bmp(6, 2))
    }

    @Test func theSenderIsRecorded() throws {
        try site.change(["record_senders": "on"])
        _ = try replace(Sample.bmp(5, 2))
        #expect(try site.site.store.sender(of: file)?.address == "192.0.2.7" && site.site.store.sender(of: file)?.way == "web")
    }

    @Test func onlyTheTypeOfTheAddress() throws {
        let refused = try replace(Sample.pngHeader(5, 2), named: "new.bmp")
        #expect(refused.status == 400 && refused.text.contains("新文件是 PNG，这个地址只能放 BMP") && bytes == Sample.bmp(4, 3))
        #expect(refused.text.contains("<details class=\"fold\" open>\n<summary>替换文件"))
        let text = try replace(Array("<script>".utf8), named: "new.bmp")
        #expect(text.status == 400 && text.text.contains("内容不是能上传的图片或视频"))
        #expect(try replace([], named: "new.bmp").text.contains("文件是空的"))
        #expect(try replace([], named: "").text.contains("请先选择文件"))
        #expect(try site.site.store.files(FileSelection(isRecycled: true), atMost: 9).isEmpty)
    }

    /// What others are converted to is kept as it is, and nothing is converted to another type than that of the address.
    @Test func conversionsFollowTheAddress() throws {
        try site.change(["convert_format": "png"])
        #expect(try replace(Sample.bmp(5, 2)).status == 303 && bytes == Sample.bmp(5, 2))
        let picture = try site.keep("p.png", [1], type: .png, owner: owner.id)
        let done = try site.upload(address(picture), Sample.bmp(60, 40), as: "file", named: "x.bmp", fields: ["form_token": token(owner.headers)], owner.headers)
        #expect(try done.status == 303 && site.site.store.file(picture.id)?.width == 60)
        #expect(site.folder.read("data/uploads/\(picture.path.text)").starts(with: [0x89, 0x50]))
    }

    @Test func limits() throws {
        try site.change(["image_max_bytes": "1KB", "video_max_bytes": "1KB"])
        let large = try replace(Sample.bmp(30, 30))
        #expect(large.status == 400 && large.text.contains("文件太大：2.7 KB，最多 1 KB"))
        try site.change(["image_max_bytes": "1MB", "image_max_width": "50"])
        #expect(try replace(Sample.bmp(60, 3)).text.contains("图片的宽或高超过上限"))
        try site.site.accounts.setQuota(Quota(bytes: 200, files: nil), of: "bert")
        let over = try replace(Sample.bmp(20, 20))
        #expect(over.status == 403 && over.text.contains("账号的空间不足") && bytes == Sample.bmp(4, 3))
        #expect(try replace(Sample.bmp(20, 20), ["Cookie": site.session()]).status == 303, "an administrator")
    }

    @Test func whatIsBlocked() throws {
        // The MD5 of the second picture.
        try site.change(["check_blocked_md5": "on", "blocked_md5": "x EC3D14A80CCE9EC2BD0984955C0EDF2E, y"])
        #expect(try replace(Sample.bmp(6, 2)).status == 303)
        let refused = try replace(Sample.bmp(5, 2))
        #expect(refused.status == 403 && refused.text.contains("这个文件已被禁止上传") && bytes == Sample.bmp(6, 2))
    }

    // Who may

    @Test func nobodyElse() throws {
        let other = try FileChangeTests.account("carl", site)
        #expect(try !page(other.headers).contains("new-name") && !site.ask("GET", here).text.contains("new-file"))
        #expect(try rename("x.png", other.headers).status == 404 && replace(Sample.bmp(5, 2), other.headers).status == 404)
        #expect(try stored?.originalName == "a.png" && bytes == Sample.bmp(4, 3))
        let stranger = try site.post(here, "action=rename&name=x.png", ["Accept": "text/html"])
        #expect(stranger.status == 401 && stranger.text.contains("password"))
        #expect(try site.upload(here, Sample.bmp(5, 2), as: "file", ["Accept": "text/html"]).status == 401)
        _ = try site.site.store.delete(file.id)
        #expect(try rename("x.png").status == 404 && replace(Sample.bmp(5, 2)).status == 404)
    }

    @Test func onlyOwnForms() throws {
        #expect(try site.post(here, "form_token=\(String(repeating: "0", count: 128))&action=rename&name=x.png", owner.headers).status == 403)
        #expect(try site.upload(here, Sample.bmp(5, 2), as: "file", owner.headers).status == 403)
        #expect(try site.post(here, "form_token=\(token(owner.headers))&action=other", owner.headers).status == 400)
        #expect(try stored?.originalName == "a.png" && bytes == Sample.bmp(4, 3))
    }

    @Test func offAtFirst() throws {
        try site.change(["replace_files": "off"])
        #expect(try !page().contains("new-file") && page().contains("new-name"))
        let refused = try replace(Sample.bmp(5, 2))
        #expect(refused.status == 403 && refused.text.contains("没有开启替换文件") && bytes == Sample.bmp(4, 3))
        #expect(try !page().contains("?v="))
    }

    @Test func inEveryLanguage() throws {
        for (language, words) in ["zh-TW": ["重新命名", "取代檔案"], "en": ["Rename", "Replace the file"]] {
            let form = try page(owner.headers.merging(["Accept-Language": language]) { $1 })
            #expect(words.allSatisfy { form.contains("<summary>\($0)</summary>") }, "\(language)")
        }
    }
}
