// For programs that watch the site.

import HTTP
import JSONText

extension APIOperation {
    static let watching = [health, metrics]

    private static let health = APIOperation(
        "getHealth", .get, .health, \.apiOperations.health, \.apiOperations.healthSummary, access: .anyone, errors: .plain,
        answers: [
            APIAnswer(200, "The site can serve requests.", schema: Schema.object(Member("success", Schema.exactly(true))),
                      examples: APIExample(Examples.health)),
        ],
        refusals: [APIRefusal(503, "Service unavailable", \.apiErrors.unhealthy, headers: [.retryAfter])])

    private static let metrics = APIOperation(
        "getMetrics", .get, .metrics, \.apiOperations.metrics, \.apiOperations.metricsSummary, access: .metrics, errors: .plain,
        fields: [.header("X-API-Key", .text(bytes: 512), \.apiFields.key)],
        answers: [
            APIAnswer(200, "The numbers in OpenMetrics' text format.", type: "application/openmetrics-text",
                      schema: Schema.text("Families of metrics, as docs/metrics.md lists them.")),
        ],
        refusals: APIRefusal.access(.metrics))
}
