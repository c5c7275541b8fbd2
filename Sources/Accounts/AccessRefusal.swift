// Authentication errors with the exact text that the API page documents: clients compare it. No message says which part of a
// credential was wrong.

import HTTP

public enum AccessRefusal {
    public static let loginRequired = Problem(.unauthorized, says: "Login required or invalid token")
    static let invalidKey = Problem(.unauthorized, says: "Invalid API key")

    static func lacks(_ scope: Scope) -> Problem {
        Problem(.forbidden, says: "API key lacks the scope: \(scope.rawValue)")
    }
}
