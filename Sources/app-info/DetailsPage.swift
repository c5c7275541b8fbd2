// The details of a file, and for administrators its sender.

import EasyImages
import HTML
import Media
import MediaStore
import Pages
import Time

struct DetailsPage {
    let file: StoredFile
    let origin: FileOrigin?
    let visitor: Visitor
    let links: PictureLinks

    var content: Markup {
        """
        <figure>\(shown)</figure>
        <dl>
        \(facts.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>\n" as Markup })</dl>
        <p class="links"><a href="\(address)">查看</a> <a href="\(links.download(file.path))">下载</a>\(report)</p>
        \(visitor.deletion(of: links.parameter(file.path), at: links.deletion))<div class="copy">
        \(copies)</div>
        """
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
        var facts = [("名称", file.path.name), ("大小", SizeText.format(file.size)), ("类型", file.type.mime)]
        if let width = file.width, let height = file.height { facts.append(("尺寸", "\(width) x \(height)")) }
        if let duration = file.duration { facts.append(("时长", DurationText.format(duration))) }
        facts.append(("上传时间", SiteTime(file.createdAt).text))
        return facts + (origin.map(adminFacts) ?? [])
    }

    private func adminFacts(_ origin: FileOrigin) -> [(name: String, value: String)] {
        let facts = [("原始名称", file.originalName), ("文件路径", links.parameter(file.path)), ("MD5", origin.md5 ?? "文件太大, 未计算")]
        guard let sender = origin.sender else { return facts + [("上传日志", "日志不存在")] }
        return facts + [("上传地址", sender.address + (sender.port.map { ":\($0)" } ?? "")), ("浏览器", sender.userAgent), ("上传方式", sender.way)]
    }

    private var copies: [Markup] {
        let name = file.path.name
        return [("链接", address), ("BBCode", "[img]\(address)[/img]"), ("Markdown", "![\(name)](\(address))"),
                ("HTML", ("<img src=\"\(address)\" alt=\"\(name)\">" as Markup).text)].map {
            "<label>\($0.0) <input readonly value=\"\($0.1)\"></label>\n"
        }
    }
}
