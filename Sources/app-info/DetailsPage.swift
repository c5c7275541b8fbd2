// The details of a file: what everybody may know, and for an admin who sent it.

import Crypto
import EasyImages
import HTML
import HTTP
import Media
import MediaStore
import Pages
import Settings
import Site
import Text
import Time

struct DetailsPage {
    private let file: StoredFile
    private let settings: Settings
    private let visitor: Visitor
    private let site: Site
    private let links: PictureLinks

    private init(_ file: StoredFile, _ settings: Settings, _ visitor: Visitor, _ site: Site) {
        self.file = file
        self.settings = settings
        self.visitor = visitor
        self.site = site
        links = PictureLinks(settings)
    }

    /// The page, or where visitors go who may not see it.
    static func response(to request: Request, _ site: Site) throws -> Response {
        let settings = try site.settings
        let visitor = try Visitor(request, site)
        guard settings.pages.publicDetails || visitor.isAdmin else {
            var response = Response(.found)
            response.headers.set("Location", settings.baseURL.text + "?exif#closed")
            response.headers.set("Cache-Control", "no-store")
            return response
        }
        guard let path = DetailsForm(request.query, settings).path, let file = try site.store.file(at: path) else {
            let picture: Markup = "<figure><img src=\"\(settings.baseURL.pathPrefix)/404.png\" alt=\"文件不存在\" width=\"274\" height=\"141\"></figure>"
            return Response(Page(settings, "文件不存在", content: picture), settings, status: .notFound)
        }
        let page = DetailsPage(file, settings, visitor, site)
        return Response(Page(settings, file.path.name, content: try page.content), settings)
    }

    private var content: Markup {
        get throws {
            """
            <figure>\(shown)</figure>
            <dl>
            \(try facts.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>\n" as Markup })</dl>
            <p class="links"><a href="\(address)">查看</a> <a href="\(links.download(file.path))">下载</a>\(report)</p>
            \(visitor.deletion(of: links.parameter(file.path), at: links.deletion))<div class="copy">
            \(copies)</div>
            """
        }
    }

    private var address: String { links.picture(file.path) }

    private var shown: Markup {
        if file.type.kind == .video { return "<video src=\"\(address)\" controls preload=\"metadata\"></video>" }
        return "<img src=\"\(address)\" alt=\"\(file.path.name)\">"
    }

    private var report: Markup? {
        guard !visitor.isAdmin else { return nil }
        return links.report(file.path).map { " <a href=\"\($0.text)\" rel=\"noreferrer\">举报</a>" }
    }

    private var facts: [(name: String, value: String)] {
        get throws {
            var facts = [("名称", file.path.name), ("大小", SizeText.format(file.size)), ("类型", file.type.mime)]
            if let width = file.width, let height = file.height { facts.append(("尺寸", "\(width) x \(height)")) }
            if let duration = file.duration { facts.append(("时长", DurationText.format(duration))) }
            facts.append(("上传时间", SiteTime(file.createdAt).text))
            return visitor.isAdmin ? facts + (try adminFacts) : facts
        }
    }

    private var adminFacts: [(name: String, value: String)] {
        get throws {
            var facts = [("原始名称", file.originalName), ("文件路径", links.parameter(file.path)), ("MD5", try md5 ?? "文件太大, 未计算")]
            if let sender = try site.store.sender(of: file) {
                facts += [("上传地址", sender.address + (sender.port.map { ":\($0)" } ?? "")), ("浏览器", sender.userAgent),
                          ("上传方式", sender.way)]
            } else {
                facts.append(("上传日志", "日志不存在"))
            }
            return facts
        }
    }

    /// Read now: nobody else wants it. nil for a file that takes too long to read.
    private var md5: String? {
        get throws {
            guard file.size <= DetailsPage.md5Limit else { return nil }
            let digest = MD5()
            try site.uploads.file(file.path.text).forEachPiece(digest.update)
            return Hexadecimal.encode(digest.finish())
        }
    }

    /// Bytes.
    private static let md5Limit = 100 * ByteCount.megabyte

    private var copies: [Markup] {
        let name = file.path.name
        return [("链接", address), ("BBCode", "[img]\(address)[/img]"), ("Markdown", "![\(name)](\(address))"),
                ("HTML", ("<img src=\"\(address)\" alt=\"\(name)\">" as Markup).text)].map {
            "<label>\($0.0) <input readonly value=\"\($0.1)\"></label>\n"
        }
    }
}
