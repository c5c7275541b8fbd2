// The filters that only a list of everybody's files has.

import HTML
import Pages
import Words

struct SiteFields {
    let filters: SiteFilters
    let frame: PageFrame

    private var words: SiteFileWords { frame.words.siteFiles }

    var markup: Markup {
        """
        \(text(.owner, words.owner, words.ownerHelp))
        <label>\(words.way) <select name="way"\(fault(.way))>\(SelectOptions.markup(ways, chosen: filters.text(.way)))</select></label>
        \(text(.address, words.address, words.addressHelp))\(text(.folder, words.folder, words.folderHelp))
        \(filters.isRecycled ? nil : unlisted)
        """
    }

    /// What cannot be as it was entered.
    var faults: Markup? {
        let texts = SiteFilters.Field.allCases.filter(filters.faults.contains).map { field in
            switch field {
            case .search: words.badSearch(limit: FileListForm.searchLimit)
            case .type: words.badType
            case .owner: words.badOwner(filters.text(.owner))
            case .way: words.badWay
            case .address: words.badAddress
            case .folder: words.badFolder
            }
        }
        return texts.isEmpty ? nil : "<div class=\"notice bad\" role=\"alert\">\(texts.map { "<p>\($0)</p>\n" as Markup })</div>\n"
    }

    private func text(_ field: SiteFilters.Field, _ name: String, _ help: String) -> Markup {
        """
        <label>\(name) <input name="\(field.rawValue)" value="\(filters.text(field))" maxlength="\(SiteFilters.lengthLimit)" placeholder="\(help)" \
        autocapitalize="none" spellcheck="false"\(fault(field))></label>

        """
    }

    private func fault(_ field: SiteFilters.Field) -> Markup? { filters.faults.contains(field) ? " aria-invalid=\"true\"" : nil }

    private var unlisted: Markup {
        """
        <label class="check"><input type="checkbox" name="unlisted" value="1"\(filters.isUnlisted ? " checked" as Markup : nil)> \(words.onlyUnlisted)</label>

        """
    }

    /// The number of a key is no word of its own; it comes from links.
    private var ways: [(value: String, name: String)] {
        let usual = [("", words.everyWay), ("web", frame.words.logs.byPage), ("key", words.anyKey)], chosen = filters.text(.way)
        return usual.contains { $0.0 == chosen } ? usual : usual + [(chosen, frame.words.logs.way(chosen))]
    }
}

/// The choices of a list.
enum SelectOptions {
    static func markup(_ values: [(value: String, name: String)], chosen: String) -> [Markup] {
        values.map { value, name in
            "<option value=\"\(value)\"\(value == chosen ? " selected" as Markup : nil)>\(name)</option>"
        }
    }
}
