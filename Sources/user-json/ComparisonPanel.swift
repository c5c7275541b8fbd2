// What two versions have different.

import HTML
import JSONText
import Pages
import SyncRules
import SyncStore
import Words

struct ComparisonPanel {
    let comparison: JSONComparison
    let file: SyncFileSummary
    let frame: PageFrame

    /// Bytes of a value in the table.
    private static let valueLimit = 300
    private var words: JSONWords { frame.words.json }

    var markup: Markup {
        """
        \(frame.jsonHead(file, nil, openConflicts: file.openConflicts))
        <section>
        <div class="head">
        <h3 id="comparison-heading">\(words.comparison(from: comparison.from, to: comparison.to))</h3>
        \(comparison.changes.isEmpty ? nil : download)</div>
        \(result)</section>

        """
    }

    private var result: Markup {
        if comparison.isTooLarge { return "<p class=\"notice warn\" role=\"status\">\(words.tooLargeToCompare)</p>\n" }
        if comparison.changes.isEmpty { return frame.jsonEmpty(words.noChanges) }
        return """
            <p role="status">\(comparison.isCut ? words.firstChanges(comparison.changes.count) : words.changes(comparison.changes.count))</p>
            <div class="scroll changes" tabindex="0" role="region" aria-labelledby="comparison-heading">
            <table>
            <thead><tr><th scope="col">\(words.path)</th><th scope="col">\(words.before)</th><th scope="col">\(words.after)</th></tr></thead>
            <tbody>
            \(comparison.changes.map(row))</tbody>
            </table>
            </div>

            """
    }

    private func row(_ change: Difference.Change) -> Markup {
        "<tr><th scope=\"row\">\(frame.jsonPath(change.path))</th><td>\(value(change.before))</td><td>\(value(change.after))</td></tr>\n"
    }

    private func value(_ slice: TextSlice?) -> Markup {
        guard let slice else { return "<span class=\"muted\">\(words.absent)</span>" }
        let isCut = slice.count > ComparisonPanel.valueLimit
        let rest: Markup? = isCut ? "… <span class=\"muted\">\(ByteText.format(slice.count))</span>" : nil
        return "<code>\(slice.excerpt(ComparisonPanel.valueLimit).withVisibleControls)</code>\(rest)"
    }

    private var download: Markup {
        let query = [("key", file.key), ("a", "\(comparison.from)"), ("b", "\(comparison.to)"), ("download", "1")]
        return "<a class=\"button\" href=\"\(frame.json(query))\">\(words.downloadChanges)</a>\n"
    }
}
