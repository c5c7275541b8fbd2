// The statistics: tiles, thirty days as bars, and lists. All of it is text and pictures made here; the page needs no script.

import HTML
import HTTP
import Media
import MediaStore
import Pages
import Paths
import Site
import Text
import Time
import Words

struct ChartReply: Reply {
    private let statistics: Statistics
    private let frame: PageFrame

    init(_ statistics: Statistics, _ frame: PageFrame) { (self.statistics, self.frame) = (statistics, frame) }

    private var words: ChartWords { frame.words.chart }
    private var report: SiteReport { statistics.report }

    var response: Response {
        frame.response(Page(frame.words.navigation.statistics, at: PageAddress(.chart), content: """
            \(frame.adminTabs(at: .chart))\(notices)\(tiles)<p class="help">\(words.computed(at: SiteTime(report.computedAt).text)) · \(Release.text)</p>
            \(DoctorSection(diagnosis: statistics.diagnosis, words: words).markup)\
            <h2>\(words.recentDays)</h2>
            \(charts)\(DayTable(days: report.days, words: words).markup)<div class="columns">
            \(types)\(ways)\(files(words.largest, report.largest) { ByteText.format($0.size) })\
            \(files(words.mostSeen, report.mostSeen) { $0.views.grouped })</div>

            """))
    }

    private var notices: Markup {
        let floor = frame.settings.leastFreeBytes
        let disk: Notice? = statistics.freeBytes < floor
            ? .failed(words.diskFull(free: ByteText.format(statistics.freeBytes), floor: ByteText.format(floor))) : nil
        return "\(disk?.markup)\(report.isComplete ? nil : "<p class=\"notice warn\" role=\"status\">\(words.incomplete)</p>\n" as Markup)"
    }

    private var tiles: Markup {
        let days = report.days.suffix(2)
        let numbers = [
            (words.today, days.last?.uploads.grouped ?? "0"), (words.yesterday, days.first?.uploads.grouped ?? "0"), (words.files, report.files.grouped),
            (words.bytes, ByteText.format(report.bytes)), (words.free, ByteText.format(statistics.freeBytes)), (words.views, report.views.grouped),
        ]
        return "<dl class=\"tiles\">\n\(numbers.map { "<div class=\"tile\"><dt>\($0)</dt><dd>\($1)</dd></div>\n" as Markup })</dl>\n"
    }

    private var charts: [Markup] {
        let charts: [(String, (ReportedDay) -> Int, (Int) -> String)] = [
            (words.uploads, \.uploads, \.grouped), (words.bytesOfDay, \.bytes, ByteText.format), (words.viewsOfDay, \.views, \.grouped),
        ]
        return charts.map { name, value, text in
            BarChart(name: name, bars: report.days.map { Bar(name: $0.day.text, value: value($0), text: text(value($0))) }, most: words.most).markup
        }
    }

    private var types: Markup {
        table(words.byType, words.type, report.types.map { ($0.type.fileExtension, $0.files, $0.bytes) })
    }

    private var ways: Markup {
        table(words.byWay, words.way, report.keys.map { total in
            let name = total.key.map { id in statistics.keys[id].map { words.key($0.name, of: $0.account) } ?? "\(id)" }
            return (name ?? words.withoutKey, total.files, total.bytes)
        })
    }

    private func table(_ heading: String, _ column: String, _ rows: [(name: String, files: Int, bytes: Int)]) -> Markup {
        guard !rows.isEmpty else { return "<section>\n<h2>\(heading)</h2>\n<p>\(words.none)</p>\n</section>\n" }
        let lines: [Markup] = rows.map { row in
            """
            <tr><th scope="row">\(row.name)</th><td class="number">\(row.files.grouped)</td><td class="number">\(ByteText.format(row.bytes))</td></tr>

            """
        }
        return """
            <section>
            <h2>\(heading)</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="\(heading)">
            <table>
            <thead><tr><th scope="col">\(column)</th><th scope="col" class="number">\(words.files)</th><th scope="col" class="number">\(words.bytes)</th></tr></thead>
            <tbody>
            \(lines)</tbody>
            </table>
            </div>
            </section>

            """
    }

    private func files(_ heading: String, _ files: [StoredFile], _ value: (StoredFile) -> String) -> Markup {
        let pictures = PictureLinks(frame.settings)
        let rows: [Markup] = files.map { file in
            """
            <li class="row"><span class="preview">\(pictures.image(of: file))</span><div class="what">
            <p class="name"><a href="\(pictures.details(file.path))">\(file.shownName)</a></p>
            <p class="meta">\(value(file))</p>
            </div></li>

            """
        }
        return "<section>\n<h2>\(heading)</h2>\n\(rows.isEmpty ? "<p>\(words.none)</p>" : "<ul class=\"rows\">\n\(rows)</ul>" as Markup)\n</section>\n"
    }
}
