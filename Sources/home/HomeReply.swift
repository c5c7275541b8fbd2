// The upload page, and under its form what became of the files that the form sent.

import HTML
import HTTP
import Pages
import Settings

struct HomeReply: Reply {
    private let frame: PageFrame
    /// nil if nothing was sent.
    private let results: HomeResults?

    init(_ frame: PageFrame, _ results: HomeResults? = nil) { (self.frame, self.results) = (frame, results) }

    var response: Response {
        let refusals = results.flatMap { RefusalList(results: $0, frame: frame).markup }
        let form = UploadForm(frame: frame).markup
        var page = Page(frame.words.upload.heading, at: PageAddress(.home), content: """
            \(refusals)\(duplicates)\(form)\(QueuePanel(frame: frame, links: stored).markup)
            """)
        (page.publicPage, page.modules, page.scriptWords) = (.upload, ["upload.js"], [frame.words.queue])
        if status == .tooManyRequests { page.retryAfter = files.lazy.compactMap(\.failure).first?.retryAfter }
        return frame.response(page, status: status).remarking(files.flatMap(\.remarks))
    }

    /// Files that were there before.
    private var duplicates: Markup? {
        let lines = files.filter(\.isDuplicate).map { frame.words.upload.line(on: $0.name, frame.words.queue.duplicate) }
        return lines.isEmpty ? nil : "<div class=\"notice\" role=\"status\">\n\(lines.map { "<p>\($0)</p>\n" as Markup })</div>\n"
    }

    private var files: [HomeResult] { results?.files ?? [] }

    private var stored: [FileLinks] { files.compactMap(\.links) }

    /// Success if anything was stored; else that of the first failure of the server, if there is one.
    private var status: Status {
        guard results != nil, stored.isEmpty else { return .ok }
        return files.lazy.compactMap(\.failure).first?.status ?? (files.contains(where: \.isOverQuota) ? .forbidden : .badRequest)
    }
}
