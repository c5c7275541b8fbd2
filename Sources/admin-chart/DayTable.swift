// The numbers of the charts as a table, the newest day first.

import HTML
import MediaStore
import Pages
import Text
import Words

struct DayTable {
    let days: [ReportedDay]
    let words: ChartWords

    var markup: Markup {
        """
        <details class="fold">
        <summary>\(words.asTable)</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="\(words.recentDays)">
        <table>
        <thead><tr><th scope="col">\(words.day)</th><th scope="col" class="number">\(words.uploads)</th>\
        <th scope="col" class="number">\(words.bytesOfDay)</th><th scope="col" class="number">\(words.viewsOfDay)</th></tr></thead>
        <tbody>
        \(days.reversed().map(row))</tbody>
        </table>
        </div>
        </details>

        """
    }

    private func row(_ day: ReportedDay) -> Markup {
        """
        <tr><th scope="row">\(day.day.text)</th><td class="number">\(day.uploads.grouped)</td><td class="number">\(ByteText.format(day.bytes))</td>\
        <td class="number">\(day.views.grouped)</td></tr>

        """
    }
}
