// The page of JSON files: lists, versions, differences, and conflicts resolved by forms.

import Testing

@Suite struct JSONPageTests {
    private let site: TestSite
    private let headers: [String: String]
    private let token: String
    private static let page = "/user/json.php"

    init() throws {
        site = try TestSite()
        headers = try ["Accept": "text/html", "Cookie": site.session()]
        let page = try site.ask("GET", "/user/index.php", headers).text
        token = String(try #require(page.split(separator: "name=\"form_token\" value=\"").dropFirst().first?.prefix(128)))
    }

    private func push(_ content: String, device: String = "phone", key: String = "a.json", more: String = "") throws {
        let body = #"{"file_key":"\#(key)","device_id":"\#(device)","content":\#(content)\#(more)}"#
        let answer = try site.ask("POST", "/api/v1/json/sync.php", ["X-API-Key": site.key([.json])], type: "application/json", body: Array(body.utf8))
        #expect(answer.status == 200, "\(answer.text)")
    }

    /// Versions 1 to 3 of a.json and the conflict 1.
    private func conflict() throws {
        try push(#"{"n":9007199254740993,"theme":"plain","p":1.10}"#)
        try push(#"{"n":9007199254740993,"theme":"light","p":1.10}"#, more: #","base_version":1"#)
        try push(#"{"n":9007199254740993,"theme":"dark","p":1.10}"#, device: "desk", more: #","base_version":1"#)
    }

    private func look(_ query: String = "", status: Int = 200) throws -> String {
        let answer = try site.ask("GET", Self.page + (query.isEmpty ? "" : "?" + query), headers)
        #expect(answer.status == status, "\(query)")
        return answer.text
    }

    private func send(_ fields: String, token: String? = nil) throws -> Answer {
        try site.post(Self.page, "form_token=\(token ?? self.token)&" + fields, headers)
    }

    private func latest() throws -> String {
        try site.ask("GET", "/api/v1/json/pull.php?file_key=a.json&raw=1", ["X-API-Key": site.key([.json])]).text
    }

    @Test func nothingYet() throws {
        #expect(try look().contains("还没有 JSON 文件") && look("in=conflicts").contains("没有未解决的冲突") && look("in=devices").contains("还没有设备"))
        #expect(try look("key=none", status: 404).contains("没有这个 JSON 文件") && look("conflict=1", status: 404).contains("没有这个冲突"))
        #expect(try site.ask("GET", Self.page, ["Accept": "text/html"]).headers["location"] == "/user/login.php?back=/user/json.php")
    }

    @Test func filesVersionsAndDevices() throws {
        try conflict()
        #expect(try look().contains("<a href=\"/user/json.php?key=a.json\">a.json</a>") && look().contains("冲突 1 个"))
        let versions = try look("key=a.json")
        #expect(versions.contains("v3 <span class=\"muted\">desk</span>") && versions.contains("?key=a.json&amp;a=2&amp;b=3"))
        #expect(try look("key=a.json&in=devices").contains("版本 2，最新 3"))
        let version = try look("key=a.json&version=1")
        #expect(version.contains("&quot;n&quot;: 9007199254740993,\n  &quot;theme&quot;: &quot;plain&quot;,\n  &quot;p&quot;: 1.10\n}</pre>"))
        #expect(try look("key=a.json&version=9", status: 404).contains("没有这个版本"))
    }

    @Test func differences() throws {
        try conflict()
        let page = try look("key=a.json&a=1&b=2")
        #expect(page.contains("1 处不同") && page.contains("<code>/theme</code></th><td><code>&quot;plain&quot;</code></td><td><code>&quot;light&quot;</code>"))
        #expect(!page.contains("<code>/n</code>"))
        #expect(try look("key=a.json&a=2&b=2").contains("没有不同"))
        #expect(try look("key=a.json&a=1&b=2&download=1") == "[\n{\"path\":\"/theme\",\"before\":\"plain\",\"after\":\"light\"}\n]\n")
        #expect(try look("key=a.json&a=2&b=2&download=1") == "[\n]\n")
    }

    @Test func manyDifferencesAreCut() throws {
        func list(_ value: String) -> String { "[" + (0..<600).map { "[\($0),\(value)]" }.joined(separator: ",") + "]" }
        try push(list("1"))
        try push(list("2"))
        let page = try look("key=a.json&a=1&b=2")
        #expect(page.contains("只显示前 500 处") && page.split(separator: "<tr>").count == 502)
        #expect(try look("key=a.json&a=1&b=2&download=1").split(separator: "\n").count == 602)
    }

    /// A page has an excerpt, the download everything.
    @Test func largeContents() throws {
        let long = String(repeating: "图", count: 600_000)
        try push("{\"a\":9007199254740993,\"b\":\"\(long)\"}")
        try push("{\"a\":9007199254740993,\"b\":\"\(long)!\"}")
        let page = try look("key=a.json&version=1")
        #expect(page.utf8.count < 120_000 && page.contains("只显示缩进后的前 100 KB，内容共 1.7 MB") && !page.contains("\u{FFFD}"))
        #expect(try look("key=a.json&a=1&b=2").utf8.count < 20_000)
        let download = try site.ask("GET", Self.page + "?key=a.json&version=1&download=1", headers)
        #expect(download.text == "{\"a\":9007199254740993,\"b\":\"\(long)\"}")
        #expect(download.headers["content-disposition"] == "attachment; filename=\"a-v1.json\"" && download.headers["content-type"] == "application/json; charset=utf-8")
        try push("{\"a\":1,\"b\":\"\(long)?\"}", device: "desk", more: #","base_version":1"#)
        let conflict = try look("conflict=1")
        #expect(conflict.utf8.count < 20_000 && conflict.contains("长内容，1.7 MB") && conflict.contains("<input type=\"file\" name=\"content\"") && !conflict.contains("<textarea"))
        let sent = try site.upload(Self.page, Array("{\"a\": 9007199254740995}".utf8), as: "content", named: "merged.json",
                                   fields: ["form_token": token, "action": "resolve_custom", "id": "1"], headers)
        #expect(sent.status == 303)
        #expect(try latest() == #"{"a":9007199254740995}"#)
    }

    /// Indented, a small content can be longer than a page shows.
    @Test func deepContents() throws {
        let deep = String(repeating: "[", count: 500) + "1" + String(repeating: "]", count: 500)
        try push("[" + Array(repeating: deep, count: 3).joined(separator: ",") + "]")
        #expect(try look("key=a.json&version=1").contains("只显示缩进后的前 100 KB，内容共 2.9 KB，请下载查看全部"))
    }

    @Test(arguments: ["-1", "0x1", "+4", "1e3", "99999999999999999999", "%3Cb%3E", ""]) func noticesHaveNumbersOfVersions(text: String) throws {
        #expect(try !look("done=resolved&of=\(text)&in=conflicts").contains("冲突已解决，版本"))
    }

    @Test(arguments: [("resolve_keep_local", "dark"), ("resolve_keep_remote", "light"), ("resolve_custom&content=%7B%0D%0A%22n%22%3A+9007199254740993%2C%22theme%22%3A%22mine%22%2C%22p%22%3A1.10%7D", "mine")])
    func aConflictIsResolved(_ action: String, _ theme: String) throws {
        try conflict()
        let page = try look("conflict=1")
        #expect(page.contains("v2</small>") && page.contains("起点未知 · desk</small>") && page.contains("<dt><code>/theme</code></dt><dd><code>&quot;light&quot;</code></dd>"))
        #expect(page.contains("&quot;n&quot;: 9007199254740993,"))
        let answer = try send("id=1&action=\(action)")
        #expect(answer.status == 303 && answer.headers["location"] == "/user/json.php?done=resolved&of=4&in=conflicts&key=a.json")
        #expect(try latest() == #"{"n":9007199254740993,"theme":"\#(theme)","p":1.10}"#)
        #expect(try look("done=resolved&of=4&in=conflicts&key=a.json").contains("冲突已解决，版本 4"))
        #expect(try look("conflict=1").contains("已解决：") && look("in=conflicts&resolved=1").contains("冲突 1"))
        // Again: the same answer; another choice comes too late, and the page says who was first.
        #expect(try send("id=1&action=\(action)").status == 303)
        let late = try send("id=1&action=resolve_custom&content=1")
        #expect(late.status == 409 && late.text.contains("已解决：") && late.text.contains("版本 4"))
    }

    @Test func whatIsNoJSONStaysInTheEditor() throws {
        try conflict()
        let wrong = try send("id=1&action=resolve_custom&content=%7B%0D%0A++%22a%22%3A+tru%0D%0A%7D%3C")
        #expect(wrong.status == 400 && wrong.text.contains("第 2 行，第 11 列：") && wrong.text.contains("  &quot;a&quot;: tru") && wrong.text.contains("id=\"custom\" open"))
        #expect(try send("id=1&action=resolve_custom&content=").status == 400 && send("id=1&action=resolve_custom").status == 400)
        #expect(try send("id=1&action=resolve_custom&content=%7B%22a%22%3A1%2C%22a%22%3A2%7D").text.contains("键重复"))
        #expect(try look("in=conflicts").contains("冲突 1</a>"))
    }

    @Test func aFileIsDeleted() throws {
        try conflict()
        let old = try send("file_key=a.json&version=2&action=delete")
        #expect(old.status == 409 && old.text.contains("没有删除"))
        #expect(try send("file_key=a.json&version=3&action=delete").headers["location"] == "/user/json.php?done=deleted")
        let page = try look("key=a.json")
        #expect(page.contains("已删除") && page.contains("删除文件") && !page.contains("ask-delete-json"))
        #expect(try look("key=a.json&version=4", status: 404).contains("没有这个版本"))
    }

    @Test func devices() throws {
        try conflict()
        #expect(try send("device_id=desk&device_name=%E7%94%B5%E8%84%91&action=rename").headers["location"] == "/user/json.php?done=renamed&in=devices")
        #expect(try look("in=devices").contains("<p class=\"name\">电脑 <code>desk</code></p>"))
        #expect(try send("device_id=desk&device_name=&action=rename").status == 400)
        #expect(try send("device_id=desk&action=forget").headers["location"] == "/user/json.php?done=forgotten&in=devices")
        #expect(try send("device_id=desk&action=forget").status == 404)
    }

    @Test func formsOfOthers() throws {
        try conflict()
        for fields in ["id=1&action=resolve_keep_local", "file_key=a.json&version=3&action=delete", "device_id=desk&action=forget", "device_id=desk&device_name=x&action=rename"] {
            #expect(try send(fields, token: "x").status == 403)
            #expect(try site.post(Self.page, "form_token=\(token)&" + fields, headers.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }).status == 403)
        }
        #expect(try send("id=1&action=unknown").status == 400 && send("action=delete&file_key=a.json").status == 400)
        #expect(try latest().contains("dark"))
    }

    @Test func textsAreText() throws {
        let hostile = "<img src=x onerror=hacked()>\u{0085}"
        try push(#"{"<b>":"</pre><script>\#(hostile)"}"#, key: "<i>&'")
        try push(#"{"<b>":"2"}"#, device: "<u>", key: "<i>&'", more: #","base_version":1,"message":"<script>","device_name":"<s>""#)
        let key = "key=%3Ci%3E%26%27"
        for query in ["", key, key + "&version=1", key + "&a=1&b=2", "in=devices", key + "&in=devices"] {
            let page = try look(query)
            for tag in ["<img src=x", "<i>", "<b>", "<u>", "<s>", "<script>"] { #expect(!page.contains(tag), "\(query) \(tag)") }
        }
        #expect(try look(key + "&version=1").contains("\\u0085"))
    }
}
