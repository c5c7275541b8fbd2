// One key of the list: what it is called, how it begins, what it may, when it was used and when it ends.

import Accounts
import HTML
import Paths
import Time
import Words

/// One key with what can be done with it.
public struct KeyRow: Sendable {
    private let key: APIKey
    private let frame: PageFrame
    private let path: Path
    private let now: Int
    private let owner: Markup?
    private let more: Markup?

    /// - Parameters:
    ///   - path: of the page that takes its forms.
    ///   - now: seconds since 1970.
    ///   - owner: whose key it is, where it is shown to somebody else, who cannot rename it.
    ///   - more: further fields of its forms.
    public init(_ key: APIKey, _ frame: PageFrame, at path: Path, now: Int, owner: Markup? = nil, more: Markup? = nil) {
        (self.key, self.frame, self.path, self.now, self.owner, self.more) = (key, frame, path, now, owner, more)
    }

    private var words: KeyWords { frame.words.keys }

    public var markup: Markup {
        """
        <li class="row">
        <div class="what">
        <p class="name">\(key.name)</p>
        <p class="meta">\(owner)<code>\(key.prefix)…</code> · \(scopes) · \(lastUse) · \(end)\(number)</p>
        <details class="fold">
        <summary>\(owner == nil ? words.edit : words.revoke)</summary>
        \(owner == nil ? rename : nil)\(revoke)</details>
        </div>
        </li>

        """
    }

    /// What its button asks.
    public var question: Markup {
        Question(id: "revoke-\(key.id)", words.ask(toRevoke: key.name), words.revokeHelp(used: lastUse), answer: words.revoke).markup(frame.words)
    }

    private var id: Markup { "<input type=\"hidden\" name=\"id\" value=\"\(key.id)\">\n\(more)" }

    private var rename: Markup {
        frame.form("rename_key", at: path, """
            \(id)<div class="field"><label for="name-\(key.id)">\(words.name)</label><div class="joined">\
            <input name="name" id="name-\(key.id)" value="\(key.name)" required maxlength="100" autocomplete="off"><button>\(words.rename)</button>\
            </div></div>

            """)
    }

    private var revoke: Markup {
        frame.form("revoke_key", at: path, class: "actions", """
            \(id)<button class="danger" data-ask="revoke-\(key.id)">\(words.revoke)</button> \
            <span class="help">\(words.revokeHelp(used: lastUse))</span>

            """)
    }

    private var scopes: String {
        [(Scope.upload, words.upload), (.read, words.read), (.json, words.json), (.metrics, words.metrics)].filter { key.scopes.contains($0.0) }.map(\.1).joined(separator: " ")
    }

    /// Uses are recorded once an hour.
    private var lastUse: String {
        guard let used = key.lastUsedAt else { return words.neverUsed }
        return now - used < 7200 ? words.usedNow : words.used(on: SiteDay(of: used).text)
    }

    private var end: Markup {
        guard let end = key.expiresAt else { return "\(words.forever)" }
        guard end > now else { return "<span class=\"bad\">\(words.ended)</span>" }
        let days = (end - now + 86_399) / 86_400
        return "<span\(days <= KeyRow.soon ? " class=\"warn\"" as Markup : nil)>\(words.ends(inDays: days))</span>"
    }

    /// An imported token has the number that is part of its uploads' folders.
    private var number: Markup? { key.number.map { " · \(words.number($0))" } }

    /// An end within so many days is marked.
    private static let soon = 14
}
