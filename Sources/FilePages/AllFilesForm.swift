// The forms that begin what is done with all files of a list, on a page of their own and in a dialog of the recycle bin.

import HTML
import MediaStore
import Pages
import Words

/// A form that names a list.
public enum AllFilesForm {
    public static func markup(_ list: FileListForm, _ frame: PageFrame, _ content: Markup) -> Markup {
        """
        <form class="stacked" method="post" action="\(frame.links.address(.files))">
        \(frame.visitor.tokenField)<input type="hidden" name="filter" value="\(list.listWords)">
        \(content)</form>

        """
    }

    /// The field for the word that confirms that all are deleted for good, and the button.
    ///
    /// - Parameters:
    ///   - id: of the field, unique on the page.
    ///   - before: a button that stands first.
    public static func word(_ list: FileListForm, _ frame: PageFrame, id: String, before: Markup? = nil) -> Markup {
        let words = frame.words.siteFiles
        return """
            <div class="field"><label for="\(id)">\(words.type(list.word(words)))</label>
            <input id="\(id)" name="word" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="20" required></div>
            <p class="help">\(frame.words.files.deleteHelp)</p>
            <p class="actions">\(before)<button class="danger" name="action" value="delete">\
            \(list.isWholeBin ? words.emptyBin : frame.words.files.deleteForGood)</button></p>

            """
    }

    /// What leads there from the list.
    static func entry(_ list: FileListForm, _ frame: PageFrame, _ count: FileCount?) -> Markup {
        let (words, address) = (frame.words.siteFiles, frame.prefix + list.address([("all", "1")]).text)
        guard list.isWholeBin, let count else { return "<p class=\"filters\"><a class=\"button\" href=\"\(address)\">\(words.allOfThese)</a></p>\n" }
        return """
            <form class="filters" method="get" action="\(frame.links.address(.files))">
            <input type="hidden" name="in" value="\(SiteFilters.recycled)"><button class="danger" name="all" value="1" data-open="ask-empty">\(words.emptyBin)</button>
            </form>
            \(dialog(list, frame, count))
            """
    }

    /// The dialog that asks it in the recycle bin; the button that opens it leads to the page without scripts.
    ///
    /// - Parameter count: of the files in the bin.
    static func dialog(_ list: FileListForm, _ frame: PageFrame, _ count: FileCount) -> Markup {
        let words = frame.words.siteFiles
        let cancel: Markup = "<button formmethod=\"dialog\" formnovalidate value=\"\">\(frame.words.common.cancel)</button>\n"
        return """
            <dialog id="ask-empty" aria-labelledby="ask-empty-heading">
            <h2 id="ask-empty-heading">\(words.emptyBin)</h2>
            <p>\(words.count(count))</p>
            \(markup(list, frame, word(list, frame, id: "empty-word", before: cancel)))</dialog>

            """
    }
}

extension FileListForm {
    /// Whether all its fields can be as they were entered.
    public var isValid: Bool { place.filters?.isValid ?? true }

    /// The words of its address.
    public var listWords: String { address([]).text.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? "" }

    /// Whether it is the recycle bin with all that it holds.
    public var isWholeBin: Bool { place.isRecycleBin && listWords == "in=\(SiteFilters.recycled)" }

    /// Whether an action can be done with its files.
    public func allows(_ action: BulkAction) -> Bool {
        switch action {
        case .delete: true
        case .restore: place.isRecycleBin
        case .recycle, .hide, .publish: !place.isRecycleBin
        }
    }

    /// What is typed before all are deleted for good.
    public func word(_ words: SiteFileWords) -> String { isWholeBin ? words.emptyWord : words.deleteWord }

    /// What the list is narrowed to; nil for nothing.
    public func summary(_ words: Words) -> Markup? {
        guard let filters = place.filters else { return nil }
        let names = words.siteFiles
        let fields: [(String, String)] = [
            (words.gallery.search, search), (words.gallery.type, filterWord), (names.owner, filters.text(.owner)), (names.way, filters.text(.way)),
            (names.address, filters.text(.address)), (names.folder, filters.text(.folder)),
        ].filter { !$0.1.isEmpty } + (filters.isUnlisted ? [(names.onlyUnlisted, "")] : [])
        return fields.isEmpty ? nil : "<ul>\n\(fields.map { "<li>\($0.0) <strong>\($0.1)</strong></li>\n" as Markup })</ul>\n"
    }
}

extension SiteFileWords {
    public func count(_ count: FileCount) -> String { count.isWhole ? self.count(count.files) : atLeast(count.files) }
}
