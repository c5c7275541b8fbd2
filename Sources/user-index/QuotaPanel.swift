// How much of its quota an account uses: a sentence and a bar for each limit.

import Accounts
import HTML
import MediaStore
import Pages
import Words

struct QuotaPanel {
    let quota: Quota
    let numbers: OwnerNumbers
    let words: Words

    /// Nothing for an account without limits.
    var markup: Markup? {
        guard quota != .none else { return nil }
        let full: Markup? = isFull ? "<p class=\"notice warn\">\(words.account.quotaFull)</p>\n" : nil
        return """
            <h3>\(words.users.quota)</h3>
            \(quota.bytes.map { bar("quota-bytes", words.users.quotaBytes, numbers.bytes, of: $0, ByteText.format) })\
            \(quota.files.map { bar("quota-files", words.users.quotaFiles, numbers.files, of: $0) { "\($0)" } })\
            \(full)<p class="help">\(words.account.quotaHelp)</p>

            """
    }

    private var isFull: Bool { numbers.bytes >= quota.bytes ?? .max || numbers.files >= quota.files ?? .max }

    /// A bar has 1,000 parts.
    private func bar(_ id: String, _ name: String, _ used: Int, of limit: Int, _ format: (Int) -> String) -> Markup {
        let parts = used >= limit ? 1_000 : used * 1_000 / limit
        return """
            <p id="\(id)">\(words.account.quota(name, format(used), of: format(limit)))</p>
            <meter max="1000" high="900" optimum="0" value="\(parts)" aria-labelledby="\(id)"></meter>

            """
    }
}
