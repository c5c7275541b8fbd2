// Authentication errors with the exact text that the API page documents: clients compare it. No message says which part of a
// credential was wrong.

import HTTP

public enum AccessRefusal {
    public static let loginRequired = Problem(
        .unauthorized, says: "Login required or invalid token",
        detail: "There is no valid key or session; send an API key of this site in the form field token, or in the header X-API-Key or Authorization "
            + "(Bearer). The account's page makes keys.")
    /// The message of a missing key, as the replaced page had it.
    static let invalidFormKey = Problem(
        .unauthorized, says: "Login required or invalid token",
        detail: "The key in the field token is unknown, revoked or expired; send another, which the account's page makes.")
    static let invalidKey = Problem(
        .unauthorized, says: "Invalid API key",
        detail: "The key in the header is not a valid one: it is unknown, revoked or expired; send another, which the account's page makes.")

    static func lacks(_ scope: Scope) -> Problem {
        Problem(.forbidden, says: "API key lacks the scope: \(scope.rawValue)",
                detail: "The key is valid, but not for the scope \(scope.rawValue); send one that has it, which the account's page makes.")
    }
}
