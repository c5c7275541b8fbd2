// Anybody may ask whether the site works; its numbers are the operator's.

import HTTP
import Paths
import Responder

enum WatchedPath {
    case health, metrics

    init(of request: Request) { self = request.path == Path.metrics.text ? .metrics : .health }

    var dialect: Dialect {
        switch self {
        case .health: .health
        case .metrics: .plain
        }
    }
}
