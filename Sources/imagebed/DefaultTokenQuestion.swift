// The question of an import what shall become of the token that came with every EasyImages site.

import Process
import Site
import Takeover
import Time

enum DefaultTokenQuestion {
    private static let tries = 5, lineLimit = 200

    /// - Returns: nil if the terminal gives no answer.
    static func ask(_ token: DefaultToken) -> DefaultTokenChoice? {
        Output.remark("The old site has the token that came with every EasyImages site, which everybody knows. \(uses(token))")
        Output.remark("  refuse             it opens nothing; programs that use it need another")
        Output.remark("  replace            the same, and a new one is made for these programs")
        Output.remark("  keep-until DATE    it works until the end of a day such as \(SiteDay.today.moved(by: 90).dashed), "
            + "at most \(DefaultTokenChoice.daysLimit) days from now")
        for _ in 0..<tries {
            Output.remark("What shall become of it?")
            guard let line = StandardInput.line(limit: lineLimit), !line.isEmpty else { return nil }
            if let choice = DefaultTokenChoice(String(decoding: line, as: UTF8.self)), choice.isPossible { return choice }
        }
        return nil
    }

    private static func uses(_ token: DefaultToken) -> String {
        guard let count = token.uses else { return "Its logs record no uploads, so nothing tells how often it was used." }
        return "\(count) uploads in its logs used it" + (token.lastUse.map { ", the last on \(SiteDay(of: $0).dashed)." } ?? ".")
    }
}
