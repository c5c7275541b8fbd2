// One version, as much of it as a page shows.

import HTML
import Pages
import SyncStore
import Time
import Words

struct VersionPanel {
    let version: StoredVersion
    let excerpt: JSONExcerpt
    let file: SyncFileSummary
    let frame: PageFrame

    private var words: JSONWords { frame.words.json }

    var markup: Markup {
        let part: Markup? = excerpt.isCut
            ? "<p class=\"notice\">\(words.shownInPart(ByteText.format(JSONService.shownBytes), of: ByteText.format(excerpt.size)))</p>\n" : nil
        return """
            \(frame.jsonHead(file, nil, openConflicts: file.openConflicts))
            <section>
            <div class="head">
            <h3 id="version-heading">\(words.version(version.number)) <small>\(SiteTime(version.createdAt).text) · \
            \(frame.jsonMaker(version.deviceID, version.deviceName))</small></h3>
            <a class="button" href="\(frame.json([("key", file.key), ("version", "\(version.number)"), ("download", "1")]))">\(words.download)\
            <span class="unseen"> v\(version.number)</span></a>
            </div>
            \(version.message.isEmpty ? nil : "<p class=\"message\">\(version.message)</p>\n" as Markup)\(part)\
            <pre class="json" tabindex="0" role="region" aria-labelledby="version-heading">\(excerpt.text)\(excerpt.isCut ? "\n…" : "")</pre>
            </section>

            """
    }
}
