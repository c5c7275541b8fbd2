// One conflict: its two sides beside the merged version, and what can be done about it.

import HTML
import JSONText
import Pages
import SyncStore
import Time
import Words

struct ConflictPanel {
    let shown: ShownConflict
    let fault: ConflictFault?
    let frame: PageFrame

    /// Places in each pane, and bytes of a value.
    private static let placeLimit = 200
    private static let valueLimit = 300
    private var words: ConflictWords { frame.words.conflicts }
    private var conflict: StoredConflict { shown.conflict }
    private var places: ArraySlice<ConflictPlace> { shown.places.prefix(ConflictPanel.placeLimit) }

    /// Why it was not resolved, or how it was.
    var notice: Notice? {
        switch fault {
        case .notJSON(let refusal, let place): .failed(frame.words.jsonErrors.error("\(refusal.reason)", line: place.line, column: place.column))
        case .tooLarge: .failed(words.tooLarge)
        case .noContent: .failed(words.noContent)
        case .alreadyResolved: .failed(resolution ?? words.resolved)
        case nil: resolution.map { .done($0) }
        }
    }

    private var resolution: String? {
        guard let action = conflict.resolution else { return nil }
        let who = shown.resolver.map { frame.jsonMaker($0.deviceID, $0.deviceName) } ?? frame.words.json.onPage
        return words.resolved(ConflictPanel.name(ofResolution: action, words), by: who, as: conflict.resolvedVersion ?? 0,
                              at: conflict.resolvedAt.map { SiteTime($0).text } ?? "")
    }

    /// - Parameter action: as the row has it.
    static func name(ofResolution action: String, _ words: ConflictWords) -> String {
        switch Resolution.Action(rawValue: action) {
        case .keepLocal: words.keepLocal
        case .keepRemote: words.keepRemote
        case .custom: words.custom
        case nil: words.automatic
        }
    }

    var markup: Markup {
        """
        <p class="links"><a href="\(frame.json(JSONPart.conflicts.query(of: conflict.fileKey)))">\(conflict.fileKey): \(frame.words.json.conflicts)</a></p>
        <section aria-labelledby="conflict-heading">
        <h2 id="conflict-heading">\(words.title(conflict.id)) <small>\(SiteTime(conflict.createdAt).text) · \(count)</small></h2>
        <div class="panes" data-label="\(words.sides)">
        \(pane("local", words.local, local, conflict.localHash != nil, \.local))\
        \(pane("remote", words.remote, "v\(conflict.remoteVersion)", conflict.remoteHash != nil, \.remote))\
        \(pane("merged", words.merged, "v\(conflict.savedVersion)", true) { $0.merged })</div>
        \(conflict.resolution == nil ? actions : nil)</section>

        """
    }

    private var count: String {
        places.count < shown.places.count ? words.firstPlaces(places.count, of: shown.places.count) : words.places(shown.places.count)
    }

    private var local: String {
        let base = conflict.localVersion > 0 ? "v\(conflict.localVersion)" : words.unknownBase
        return "\(base) · \(frame.jsonMaker(conflict.deviceID, conflict.deviceName))"
    }

    // Panes

    /// - Parameter exists: whether the side is a content and not a deletion.
    private func pane(_ id: String, _ heading: String, _ version: String, _ exists: Bool, _ value: (ConflictPlace) -> ConflictPlace.Value?) -> Markup {
        let rows: [Markup] = places.map { "<dt>\(frame.jsonPath($0.path))</dt><dd>\(text(value($0)))</dd>\n" }
        return """
            <section class="pane" id="pane-\(id)">
            <h3>\(heading) <small>\(version)</small></h3>
            \(exists ? "<dl>\n\(rows)</dl>\n\(link(to: id))" : "<p class=\"muted\">\(words.nothing)</p>\n" as Markup)</section>

            """
    }

    /// To the whole content of a side.
    private func link(to side: String) -> Markup? {
        let query: [(String, String)]? = switch side {
        case "local": conflict.localHash.map { [("hash", $0.text), ("download", "1")] }
        case "remote": [("version", "\(conflict.remoteVersion)")]
        default: [("version", "\(conflict.savedVersion)")]
        }
        let json = frame.words.json
        return query.map { "<p class=\"links\"><a href=\"\(frame.json([("key", conflict.fileKey)] + $0))\">\(side == "local" ? json.download : json.look)</a></p>\n" }
    }

    private func text(_ value: ConflictPlace.Value?) -> Markup {
        switch value {
        case .none?: "<span class=\"muted\">\(words.none)</span>"
        case .long(let size)?: "<span class=\"muted\">\(words.long(ByteText.format(size)))</span>"
        case .text(let slice)?:
            "<code>\(slice.excerpt(ConflictPanel.valueLimit).withVisibleControls)\(slice.count > ConflictPanel.valueLimit ? "…" : "")</code>"
        case nil: "<span class=\"muted\">\(words.both)</span>"
        }
    }

    // Actions

    private var actions: Markup {
        """
        <form class="actions" method="post" action="\(frame.links.address(.ownJSON))">
        \(hidden)<button name="action" value="resolve_keep_local">\(words.keepLocal)</button>
        <button name="action" value="resolve_keep_remote">\(words.keepRemote)</button>
        </form>
        <p class="help">\(words.actionHelp)</p>
        <details class="fold" id="custom"\(isCustom ? " open" as Markup : nil)>
        <summary>\(words.custom)…</summary>
        \(editor)</details>

        """
    }

    private var hidden: Markup { "\(frame.visitor.tokenField)<input type=\"hidden\" name=\"id\" value=\"\(conflict.id)\">\n" }

    /// Whether something was entered that was refused.
    private var isCustom: Bool {
        switch fault {
        case .notJSON, .tooLarge, .noContent: true
        default: false
        }
    }

    private var editor: Markup {
        switch shown.text {
        case .text(let text): form(encoding: nil, textArea(text))
        case .large: form(encoding: " enctype=\"multipart/form-data\"", "<p class=\"help\">\(words.largeHelp)</p>\n\(fileField)")
        case .none: form(encoding: " enctype=\"multipart/form-data\"", "<p class=\"help\">\(words.noText)</p>\n\(fileField)")
        }
    }

    private func form(encoding: Markup?, _ field: Markup) -> Markup {
        """
        <form class="stacked editor" method="post" action="\(frame.links.address(.ownJSON))"\(encoding)>
        \(hidden)<input type="hidden" name="action" value="resolve_custom">
        \(field)<div class="actions"><button class="primary">\(words.save)</button></div>
        </form>

        """
    }

    /// HTML drops a line end at the start of a text area, so there is one more.
    private func textArea(_ text: String) -> Markup {
        let isWrong = isCustom ? " aria-invalid=\"true\"" as Markup : nil
        return """
            <div class="field"><label for="content">\(words.editor)</label>
            <div class="lined"><textarea name="content" id="content" class="code" wrap="off" rows="16" spellcheck="false" autocapitalize="none" \
            autocomplete="off" aria-describedby="content-help content-state"\(isWrong)>
            \(text)</textarea></div>
            <p class="help" id="content-help">\(words.editorHelp)</p>
            <p id="content-state" role="status"></p></div>

            """
    }

    private var fileField: Markup {
        """
        <div class="field"><label for="content">\(words.file)</label>
        <input type="file" name="content" id="content" accept=".json,application/json" required></div>

        """
    }
}
