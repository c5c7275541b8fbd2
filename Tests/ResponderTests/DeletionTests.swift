// Delete links in both kinds of clients' words, and an administrator's buttons.

import Disk
import MediaStore
import Testing

@Suite struct DeletionTests {
    private let site: TestSite
    private let file: StoredFile

    init() throws {
        site = try TestSite()
        file = try site.keep()
    }

    private func link(_ path: String) -> String { "\(path)?hash=\(site.site.store.deleteToken(of: file))" }

    @Test func aLinkIsFollowedOnce() throws {
        let link = link("/application/del.php")
        let looked = try site.ask("HEAD", link)
        #expect(looked.status == 200 && looked.body.isEmpty)
        let prefetched = try site.ask("GET", link, ["Sec-Purpose": "prefetch"])
        #expect(prefetched.status == 200 && prefetched.body.isEmpty)
        #expect(try site.site.store.file(file.id) != nil)
        let done = try site.ask("GET", link)
        #expect(done.status == 200 && done.text == """
            {"result":"success","code":200,"message":"File deleted successfully","msg":"删除成功","type":"success","icon":"ok-sign",\
            "mode":"delete","url":"/uploads/\(file.path.text)"}
            """)
        let again = try site.ask("GET", link)
        #expect(again.status == 404 && again.text.contains(#""error":"File not found""#) && again.text.contains(file.path.name))
        #expect(try site.ask("GET", "/application/del.php?hash=none").text.contains(#""url":false"#))
    }

    @Test func anOldClientFollowsALink() throws {
        #expect(try site.ask("GET", "/app/del.php").text.contains(#""msg":"无效请求""#))
        #expect(try site.ask("HEAD", link("/app/del.php")).body.isEmpty)
        let done = try site.ask("GET", link("/app/del.php"))
        #expect(done.status == 200 && done.text.hasPrefix(#"{"code":200,"msg":"删除成功","type":"success""#))
        #expect(done.text.hasSuffix(#""result":"success","message":"File deleted successfully"}"#))
        let again = try site.ask("GET", link("/app/del.php"))
        #expect(again.status == 200 && again.text.hasPrefix(#"{"code":404,"msg":"文件不存在""#))
    }

    /// EasyImages' key is read for links that may be of that kind, and for nothing else.
    @Test func anUnreadableKeyOfOldLinksHindersNothingElse() throws {
        let folder = try Folder(site.site.data.path).folder("easyimages", creates: true)
        try folder.replace("delete-key", with: [UInt8](repeating: 0x61, count: 100), mode: 0o600)
        #expect(try site.ask("GET", "/app/del.php").text.contains(#""msg":"无效请求""#))
        #expect(try site.ask("GET", "/app/del.php?x=1").text == "Permission denied")
        #expect(try site.ask("GET", link("/app/del.php")).text.hasPrefix(#"{"code":200,"msg":"删除成功""#))
    }

    @Test func whereDeletedFilesAreNotKeptALinkWorksTwice() throws {
        try site.change(["recycle": "false"])
        for _ in 0..<2 { #expect(try site.ask("GET", link("/app/del.php")).text.hasPrefix(#"{"code":200,"msg":"删除成功""#)) }
    }

    @Test func anAdministratorDeletes() throws {
        let own = ["Cookie": try site.session(), "Sec-Fetch-Site": "same-origin"]
        let fields = "mode=recycle&url=/uploads/\(file.path.encoded)"
        #expect(try site.post("/app/del.php", fields).text == "Permission denied")
        #expect(try site.post("/app/del.php", fields, own.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }).text == "Permission denied")
        #expect(try site.site.store.file(file.id) != nil)
        let done = try site.post("/app/del.php", fields, own)
        #expect(done.text == """
            {"code":200,"msg":"回收成功","type":"success","icon":"ok-sign","mode":"recycle",\
            "url":"\\/uploads\\/\(file.path.text.replacing("/", with: "\\/"))"}
            """)
        #expect(done.log.contains(#""done":"回收成功""#) && done.log.contains(#""account":"anna""#))
        #expect(try site.post("/app/del.php", fields, own).text.contains(#""code":404,"msg":"回收失败""#))
        #expect(try site.post("/app/del.php", "mode=recycle_reimg&url=\(file.path.flat)", own).text.contains("恢复成功"))
        #expect(try site.site.store.file(file.id) != nil)
        #expect(try site.post("/app/del.php", "mode=OPcache", own).text.contains("重置缓存成功"))
        #expect(try site.post("/app/del.php", "x=y", own).text.isEmpty)
    }
}
