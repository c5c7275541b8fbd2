@testable import APIPages
import HTML
import HTTP
@testable import MediaStore
import Pages
import Settings
import Testing
import Text
import Words

@Suite struct APIPageTests {
    private static func text(_ language: Language = .zhCN) -> String {
        var settings = Settings()
        settings.siteName = "WiZs<图床>"
        settings.baseURL = BaseURL("https://img.example.org/p")!
        let request = Request(parameters: ["QUERY_STRING": "lang=\(language.tag)"], body: EmptyBody())
        let frame = PageFrame(settings, Choices(request, settings))
        let response = frame.response(APIPage(frame, SiteStatistics(images: 21, videos: 2, views: 87, uploads: 23)).page)
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private final class EmptyBody: BodyStream {
        func read(into buffer: UnsafeMutableRawBufferPointer) -> Int { 0 }
    }

    @Test func theNumbersAtItsHead() {
        for tile in ["<dt>图片总数</dt><dd>21</dd>", "<dt>总访问量</dt><dd>87</dd>", "<dt>最大文件</dt><dd>50 MB</dd>", "<dt>上传总数</dt><dd>23</dd>"] {
            #expect(APIPageTests.text().contains(tile))
        }
    }

    @Test(arguments: Language.allCases) func everyOperationIsThere(language: Language) {
        let text = APIPageTests.text(language)
        for operation in APIOperation.all {
            #expect(text.contains("<a href=\"#\(operation.id)\">"))
            #expect(text.contains("<h3 id=\"\(operation.id)\">"))
            #expect(text.contains("action=\"/p\(operation.path.text)\"") == (operation.path != .resumable))
            for field in operation.fields { #expect(text.contains("<code>\(field.name)</code>"), "\(operation.id) \(field.name)") }
        }
    }

    @Test(arguments: Language.allCases) func idsAreUnique(language: Language) {
        let ids = APIPageTests.text(language).split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(ids.count > 100 && Set(ids).count == ids.count)
    }

    @Test(arguments: Language.allCases) func noHoleIsLeft(language: Language) {
        let text = APIPageTests.text(language)
        let words = Words.of(language)
        for name in ["base"] + words.apiSamples.entries.map(\.name) { #expect(!text.contains("{\(name)}"), "\(name)") }
        #expect(!text.contains("<图床>") && text.contains("WiZs&lt;图床&gt;"))
    }

    /// Step by step as the replaced page says it.
    @Test func howToGetAKey() {
        let text = APIPageTests.text().replacing(/<\/?a[^>]*>/, with: "")
        let steps = ["登录 WiZs&lt;图床&gt; 后访问 个人中心", "在左侧「API 密钥」区块点击「创建密钥」按钮", "输入密钥名称（如：我的网站）", "复制生成的 API 密钥"]
        var rest = text[...]
        for step in steps {
            let found = rest.firstRange(of: step)
            #expect(found != nil, "\(step)")
            if let found { rest = rest[found.upperBound...] }
        }
    }

    /// A key in an address would be in logs and in the browser's history.
    @Test func noFormSendsAKeyInAnAddress() throws {
        for form in APIPageTests.text().split(separator: "<form class=\"stacked trial\"").dropFirst() where form.hasPrefix(" method=\"get\"") {
            let end = try #require(form.firstRange(of: "</form>"))
            #expect(!form[..<end.lowerBound].contains("name=\"token\""))
        }
    }

    @Test(arguments: APIOperation.all.map(\.id)) func everyOperationHasSamples(id: String) throws {
        let operation = try #require(APIOperation.all.first { $0.id == id })
        #expect(!operation.samples.isEmpty)
        for sample in operation.samples {
            let text = sample.text(base: "https://img.example.org/p", .zhCN)
            #expect(text.contains("img.example.org/p" + operation.path.text) || operation.id == "deleteFile", "\(sample.kind)")
        }
    }

    /// EasyImages' form reads one field, and tells its errors in the body.
    @Test(arguments: [(Language.zhCN, "只接受一个文件，字段名 image。"), (.zhTW, "只接受一個檔案，欄位名 image。"), (.en, "One file, in the field image.")])
    func theOldFormIsDescribedAsItIs(language: Language, file: String) throws {
        let text = APIPageTests.text(language)
        let start = try #require(text.firstRange(of: "<h3 id=\"uploadWithToken\">"))
        let section = text[start.upperBound...].prefix(20_000).split(separator: "</section>\n\n")[0]
        #expect(section.contains(file) && section.contains("HTTP ") && !section.contains("file2"))
        #expect(section.contains("<th scope=\"col\"><code>code</code></th>"))
        #expect(text.split(separator: "<th scope=\"col\"><code>code</code></th>").count == 2)
    }

    /// jQuery calls another function for what is answered with an error's status.
    @Test(arguments: ["uploadFile", "deleteFile"]) func samplesWithJQueryTellErrors(id: String) throws {
        let operation = try #require(APIOperation.all.first { $0.id == id })
        let sample = try #require(operation.samples.first { $0.kind == .jquery }).text(base: "", .en)
        #expect(sample.contains("xhr.responseJSON") && sample.contains("answer.error") && sample.contains("answer.detail"))
    }

    @Test func samplesOfTheReplacedPage() throws {
        let upload = try #require(APIOperation.all.first { $0.id == "uploadFile" })
        let texts = upload.samples.map { $0.text(base: "https://pic.us.wizs.vip", .zhCN) }
        #expect(texts[1] == """
            <form action="https://pic.us.wizs.vip/api/v1/upload.php" method="post" enctype="multipart/form-data">
                <input type="file" name="image" accept="image/*" required>
                <input type="text" name="token" placeholder="API密钥" required>
                <input type="submit" value="上传">
            </form>
            """)
        #expect(texts[0].hasPrefix("# 使用 image 字段名\ncurl -X POST \"https://pic.us.wizs.vip/api/v1/upload.php\" \\\n  -F \"image=@/path/to/file.jpg\" \\\n"))
        #expect(texts[4].contains("print('文件地址:', result['url'])") && texts[3].contains("alert('上传失败:' + response.error);"))
    }

    @Test(arguments: [(52_428_800, "50 MB"), (1536, "1536"), (1 << 30, "1 GB"), (1024, "1 KB")])
    func sizes(bytes: Int, text: String) { #expect(APIPage.size(bytes) == text) }
}
