// `imagebed index`: completes what is derived from the rows of files. A migration leaves that to be done here, while the site runs.

import Disk
import JSONText
import MediaStore
import Site
import Time

private let anew = Option("--rebuild", nil, "begin anew, where imagebed doctor found that the numbers are wrong")

extension Command {
    static let index = Command(
        "index", "Complete the index of names and the numbers of days and types.",
        details: """
            After an upgrade or an import of many files, search, the gallery's months and the statistics do not know all files yet. install.sh runs this, and
            imagebed tally goes on with it where it was interrupted. Uploads go on meanwhile.
            """,
        options: [anew, .json]
    ) { invocation in
        let site = try invocation.site()
        guard let lock = try Folder(site.data.run).lock("index", waits: false) else { return Output.remark("another imagebed index is at work") }
        try withExtendedLifetime(lock) {
            for derived in try Derived.allCases.filter({ try invocation.has(anew) || !site.store.isComplete($0) }) {
                if invocation.has(anew) { try site.store.deriveAnew(derived) }
                let bar = ProgressBar(of: derived.label)
                try site.store.derive(derived) { done, last in
                    bar.show(done, of: last)
                    return true
                }
                bar.end()
            }
        }
        if invocation.wantsJSON { Output.json(["complete": true]) } else { Output.line("the index of names and the numbers of days and types are complete") }
    }
}

extension Derived {
    var label: String {
        switch self {
        case .days: "numbers of days"
        case .names: "index of names"
        case .totals: "numbers of types and keys"
        }
    }
}

extension Site {
    /// Goes on with what is derived, for a while.
    ///
    /// - Parameter seconds: after which no more rows are begun.
    func derive(for seconds: Double) throws {
        guard let lock = try Folder(data.run).lock("index", waits: false) else { return }
        let end = Now.monotonicSeconds + seconds
        try withExtendedLifetime(lock) {
            for derived in Derived.allCases where try !store.isComplete(derived) {
                try store.derive(derived) { _, _ in Now.monotonicSeconds < end }
            }
        }
    }
}
