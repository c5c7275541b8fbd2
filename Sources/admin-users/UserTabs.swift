// The lists between which the page of accounts changes.

import HTML
import Pages
import Words

struct UserTabs {
    private let content: UsersContent
    private let waiting: Int
    private let frame: PageFrame

    /// - Parameter waiting: how many accounts wait.
    init(_ content: UsersContent, _ waiting: Int, _ frame: PageFrame) { (self.content, self.waiting, self.frame) = (content, waiting, frame) }

    private var words: UserWords { frame.words.users }

    var markup: Markup {
        let count: Markup? = waiting == 0 ? nil : " <span class=\"count\">\(waiting)</span>"
        return """
            <nav class="tabs" aria-label="\(words.sections)">
            \(link(.beginning, "\(isAccount ? words.back : words.heading)", isHere: here == "accounts"))\
            \(link(.waiting(after: 0), "\(words.waiting)\(count)", isHere: here == "waiting"))\
            \(link(.keys(after: 0), "\(words.keys)", isHere: here == "keys"))</nav>

            """
    }

    private var isAccount: Bool { if case .account = content { true } else { false } }

    private var here: String {
        switch content {
        case .accounts(_, _, .waiting): "waiting"
        case .accounts: "accounts"
        case .keys: "keys"
        case .account: ""
        }
    }

    private func link(_ view: UsersView, _ name: Markup, isHere: Bool) -> Markup {
        "<a href=\"\(frame.prefix + view.address.text)\"\(isHere ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
    }
}

extension PageFrame {
    /// The link to the next part of a list; nil at its end.
    func more(_ view: UsersView?) -> Markup? {
        view.map { "<nav class=\"pager\"><a rel=\"next\" href=\"\(prefix + $0.address.text)\">\(words.users.more)</a></nav>\n" }
    }
}
