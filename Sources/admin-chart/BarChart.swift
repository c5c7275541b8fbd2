// A row of bars as inline SVG. Its picture is one thing for a screen reader; the numbers stand in a table beside it.

import HTML

struct Bar {
    let name: String
    let value: Int
    /// The value for people.
    let text: String
}

struct BarChart {
    let name: String
    let bars: [Bar]
    /// What says that a value is the highest.
    let most: (String) -> String

    private static let barWidth = 16, gap = 4, height = 100

    var markup: Markup {
        let width = bars.count * (BarChart.barWidth + BarChart.gap)
        let highest = bars.max { $0.value < $1.value }
        return """
            <h3>\(name)</h3>
            <svg class="chart" viewBox="0 0 \(width) \(BarChart.height)" preserveAspectRatio="none" role="img" \
            aria-label="\(name): \(highest.map { most($0.text) } ?? "")">
            \(bars.enumerated().map { shape($1, at: $0, of: max(highest?.value ?? 0, 1)) })</svg>
            <p class="axis"><span>\(bars.first?.name ?? "")</span><span>\(highest.map { most($0.text) } ?? "")</span>\
            <span>\(bars.last?.name ?? "")</span></p>

            """
    }

    /// Every day with a number has a bar that can be seen.
    private func shape(_ bar: Bar, at place: Int, of highest: Int) -> Markup {
        guard bar.value > 0 else { return "" }
        let height = max(Int(Double(bar.value) / Double(highest) * Double(BarChart.height)), 1)
        return """
            <rect x="\(place * (BarChart.barWidth + BarChart.gap))" y="\(BarChart.height - height)" width="\(BarChart.barWidth)" \
            height="\(height)"><title>\(bar.name): \(bar.text)</title></rect>

            """
    }
}
