// For programs that watch the site.

import HTTP
import JSONText

extension APIOperation {
    static let watching = [health]

    private static let health = APIOperation(
        "getHealth", .get, .health, \.apiOperations.health, \.apiOperations.healthSummary, access: .anyone, errors: .plain,
        answers: [
            APIAnswer(200, "The site can serve requests.", schema: Schema.object(Member("success", Schema.exactly(true))),
                      examples: APIExample(Examples.health)),
        ],
        refusals: [APIRefusal(503, "Service unavailable", \.apiErrors.unhealthy, headers: [.retryAfter])])
}
