// The statements on the table `sign_in`.

import Database

struct SignInRows {
    let database: any Database

    /// - Returns: its id.
    func insert(_ result: SignInResult, of account: Int?, _ browser: Browser, at moment: Int) throws -> Int {
        try database.insert("INSERT INTO sign_in (tried_at, result, account_id, address, user_agent) VALUES (?, ?, ?, ?, ?)", moment, result, account,
                            browser.address, browser.userAgent) ?? 0
    }

    /// Rows from the place of a request on, the newest first.
    func each(_ request: SignInLogRequest, atMost count: Int, _ body: (LoggedSignIn) -> Bool) throws {
        let (base, value) = Self.base(request.search)
        try database.each(
            """
            SELECT sign_in.id, tried_at, result, account.name, sign_in.address, sign_in.user_agent
            FROM sign_in LEFT JOIN account ON account.id = sign_in.account_id
            WHERE \(base) tried_at >= ? AND (tried_at, sign_in.id) < (?, ?) ORDER BY tried_at DESC, sign_in.id DESC LIMIT ?
            """, with: value + [request.seconds.lowerBound, request.start.key, request.start.id, count]) { body(LoggedSignIn($0)) }
    }

    private static func base(_ search: SignInSearch) -> (String, [any Bindable]) {
        switch search {
        case .everything: ("", [])
        case .address(let address): ("address = ? AND", [address])
        case .account(let id): ("sign_in.account_id = ? AND", [id])
        }
    }

    /// The time of the oldest row; nil if there is none.
    func beginning() throws -> Int? { try database.first("SELECT MIN(tried_at) FROM sign_in") { $0.optionalInteger(0) } ?? nil }

    func remove(upToID id: Int) throws { try database.run("DELETE FROM sign_in WHERE id <= ?", id) }

    func remove(before moment: Int) throws { try database.run("DELETE FROM sign_in WHERE tried_at < ?", moment) }
}
