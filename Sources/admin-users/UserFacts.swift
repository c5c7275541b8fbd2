// What is said of an account in a line, and fields that several forms have.

import Accounts
import HTML
import Pages
import Settings
import Time
import Words

struct UserFacts {
    private let entry: UserEntry
    private let frame: PageFrame

    init(_ entry: UserEntry, _ frame: PageFrame) { (self.entry, self.frame) = (entry, frame) }

    private var words: UserWords { frame.words.users }
    private var account: Account { entry.account }

    /// "管理员 · 12 个文件 · 3.1 GB / 10 GB · 2 个密钥 · 到 2027/01/31"
    var line: Markup {
        let state: Markup? = if let since = account.waitingSince {
            "<span>\(words.waits(since: UserFacts.day(since)))</span>"
        } else {
            account.disabledAt.map { "<span class=\"bad\">\(words.disabled(on: UserFacts.day($0)))</span>" }
        }
        let parts: [Markup] = [role, "\(words.count(files: entry.numbers.files))", "\(space)", "\(words.count(keys: entry.keys))", end]
            .map { "<span>\($0)</span>" } + [state].compactMap { $0 }
        return parts.dropFirst().reduce(parts[0]) { "\($0) · \($1)" }
    }

    private var role: Markup { "\(account.role == .admin ? words.admin : words.user)" }

    /// "3.1 GB", with the limit if there is one.
    var space: String {
        let used = ByteText.format(entry.numbers.bytes)
        return account.quota.bytes.map { words.space(used, of: ByteText.format($0)) } ?? used
    }

    /// "12", with the limit if there is one.
    var files: String { account.quota.files.map { words.space("\(entry.numbers.files)", of: "\($0)") } ?? "\(entry.numbers.files)" }

    private var end: Markup {
        guard let end = account.expiresAt else { return "\(words.forever)" }
        let day = SiteDay(of: end - 1).text
        return end < Now.seconds ? "<span class=\"bad\">\(words.ended(on: day))</span>" : "\(words.ends(on: day))"
    }

    private static func day(_ seconds: Int) -> String { SiteDay(of: seconds).text }

    /// The hidden field of forms about an account.
    static func field(_ name: String) -> Markup { "<input type=\"hidden\" name=\"account\" value=\"\(name)\">\n" }

    static func roles(_ id: String, chosen: Role, _ frame: PageFrame) -> Markup {
        let words = frame.words.users
        let options: [Markup] = [(Role.user, words.user), (.admin, words.admin)].map { role, name in
            "<option value=\"\(role.rawValue)\"\(role == chosen ? " selected" as Markup : nil)>\(name)</option>"
        }
        return """
            <div class="field"><label for="\(id)">\(words.role)</label><select name="role" id="\(id)">\(options)</select></div>

            """
    }
}
