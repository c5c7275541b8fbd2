// The form of the upload page: chooser, limits and types. Without scripts it sends the files itself; upload.js reads its data attributes.

import Accounts
import HTML
import Media
import Pages
import Paths
import Settings
import Time
import Words

struct UploadForm {
    let frame: PageFrame

    /// By its random value a form is recognised that a browser sends again, with a reload of the answer.
    static let onceField = "once"

    private var words: UploadWords { frame.words.upload }
    private var settings: Settings { frame.settings }
    private var types: AcceptedTypes { AcceptedTypes(settings) }

    var markup: Markup {
        """
        <form class="dropzone" id="upload" method="post" action="\(frame.home)" enctype="multipart/form-data"\(data)>
        \(frame.visitor.tokenField)<input type="hidden" name="\(UploadForm.onceField)" value="\(FormOnce.make().text)">
        \(frame.icon("images", size: 48))
        <p><label>\(words.expires) <select name="\(Expiry.field)"\(hasEnd ? " aria-describedby=\"longest\"" : nil)>\(terms)</select></label></p>
        \(longest)        <p class="lead scripted">\(words.drop)</p>
        <div class="actions choose">
        <input type="file" id="files" name="file" multiple aria-describedby="limits" accept="\(types.accept)">
        <label class="button primary big scripted" for="files">\(words.chooseFiles)</label>
        <input type="file" id="camera" name="file" accept="image/*" capture="environment">
        <label class="button big camera scripted" for="camera">\(words.camera)</label>
        <button class="primary big unscripted">\(words.upload)</button>
        </div>
        <p class="help" id="limits">\(limits)</p>
        <p class="help unscripted">\(words.formLimit(size: ByteText.format(settings.largestBody)))</p>
        <label class="switch scripted"><input type="checkbox" role="switch" id="hold"> \(words.holdBack)</label>
        </form>

        """
    }

    /// After which time the files are to be gone. The first is always the one to begin with: nobody's files end for a choice of long ago.
    /// Visitors get no promise that retention does not keep.
    private var terms: [Markup] {
        let all = [("PT1H", 1, words.oneHour)] + [1, 7, 30].map { ("P\($0)D", $0 * 24, words.days($0)) }
        let shorter = all.filter { _, hours, _ in !hasEnd || hours < days * 24 }
        return [("", hasEnd ? words.days(days) : words.never)].map(option) + shorter.map { option($0, $2) }
    }

    private func option(_ value: String, _ name: String) -> Markup { "<option value=\"\(value)\">\(name)</option>" }

    /// For how many days files of visitors are kept at most.
    private var days: Int { settings.anonymousRetention.days }
    private var hasEnd: Bool { days > 0 && frame.visitor.name == nil }

    private var longest: Markup? { hasEnd ? "<p class=\"help\" id=\"longest\">\(words.longest(days: days))</p>\n" : nil }

    /// "图片 ≤ 50 MB，视频 ≤ 500 MB，一次最多 30 个 · jpg png … · mp4 …"
    private var limits: String {
        let videos = types.videos.isEmpty ? nil : ByteText.format(settings.videoMaxBytes)
        let sizes = words.limits(images: ByteText.format(settings.imageMaxBytes), videos: videos, files: settings.looks.batchFiles)
        return ([sizes, list(types.images)] + (types.videos.isEmpty ? [] : [list(types.videos)])).joined(separator: " · ")
    }

    private func list(_ types: [MediaType]) -> String { types.map(\.fileExtension).joined(separator: " ") }

    private var data: Markup {
        let values: [(String, String)] = [
            ("upload", frame.links.address(.formUpload)), ("tus", frame.links.address(.resumable)), ("image-bytes", "\(settings.imageMaxBytes)"),
            ("video-bytes", "\(settings.videoMaxBytes)"), ("batch-files", "\(settings.looks.batchFiles)"), ("videos", list(types.videos)),
            ("types", types.extensions.joined(separator: " ")), ("first-format", (frame.visitor.linkFormat ?? settings.looks.firstFormat).rawValue),
        ]
        return "\(values.map { "\n data-\($0.0)=\"\($0.1)\"" as Markup })"
    }
}
