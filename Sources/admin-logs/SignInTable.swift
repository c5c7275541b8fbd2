// The rows of the sign-in log, which are compared with each other: a table.

import Accounts
import HTML
import Pages
import Time
import Words

struct SignInTable {
    let frame: PageFrame

    private var words: LogWords { frame.words.logs }

    func markup(_ entries: [LoggedSignIn]) -> Markup {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(words.signIns)">
        <table>
        <thead><tr><th scope="col">\(words.time)</th><th scope="col">\(words.result)</th><th scope="col">\(words.account)</th>\
        <th scope="col">\(words.address)</th><th scope="col">\(words.program)</th></tr></thead>
        <tbody>
        \(entries.map(row))</tbody>
        </table>
        </div>

        """
    }

    private func row(_ entry: LoggedSignIn) -> Markup {
        """
        <tr><td><time>\(SiteTime(entry.triedAt).text)</time></td><td>\(words.text(for: entry.result))</td><td>\(entry.account ?? "–")</td>\
        <td>\(entry.browser.address)</td><td>\(BrowserName(userAgent: entry.browser.userAgent).text)</td></tr>

        """
    }
}

extension LogWords {
    func text(for result: SignInResult?) -> String {
        switch result {
        case .signedIn: signedIn
        case .refused: refused
        case .expired: expired
        case .waiting: waiting
        case .code: code
        case .tooMany: tooMany
        case nil: "–"
        }
    }
}
