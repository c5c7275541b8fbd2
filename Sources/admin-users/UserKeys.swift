// Everybody's keys, and the tokens that were imported, with their numbers.

import Accounts
import HTML
import Pages
import Time
import Words

struct UserKeys {
    private let rows: [KeyRow]
    private let next: Int?
    private let frame: PageFrame

    init(_ keys: [APIKey], _ next: Int?, _ frame: PageFrame) {
        (self.next, self.frame) = (next, frame)
        rows = keys.map { key in
            KeyRow(key, frame, at: .users, now: Now.seconds, owner: "<span>\(key.account)</span> · ")
        }
    }

    var markup: Markup {
        guard !rows.isEmpty else { return "<p>\(frame.words.keys.none)</p>\n" }
        return "<ul class=\"rows\">\n\(rows.map(\.markup))</ul>\n\(rows.map(\.question))\(frame.more(next.map { .keys(after: $0) }))"
    }
}
