// What `imagebed doctor` found when it ran last: problems first, each with what repairs it. The doctor speaks the English of the command line.

import HTML
import Site
import Time
import Words

struct DoctorSection {
    /// nil if it has not run yet.
    let diagnosis: Diagnosis?
    let words: ChartWords

    private var notices: [Diagnosis.Notice] {
        let notices = diagnosis?.notices ?? []
        return notices.filter { $0.level == .problem } + notices.filter { $0.level != .problem }
    }

    var markup: Markup {
        """
        <section aria-labelledby="doctor-heading">
        <h2 id="doctor-heading">\(words.examination)</h2>
        \(notices.map(row))<p class="help">\(state) · <code>sudo imagebed doctor</code></p>
        </section>

        """
    }

    private var state: String {
        guard let diagnosis else { return words.neverExamined }
        let time = SiteTime(diagnosis.examinedAt).text
        return diagnosis.notices.isEmpty ? words.foundNothing(at: time) : words.examined(at: time)
    }

    private func row(_ notice: Diagnosis.Notice) -> Markup {
        let (name, kind) = notice.level == .problem ? (words.problem, "bad") : (words.warning, "warn")
        return """
            <div class="notice \(kind)">
            <p><strong>\(name)</strong> <span lang="en">\(notice.text)</span></p>
            <p>\(words.repair) <span lang="en">\(notice.repair)</span></p>
            </div>

            """
    }
}
