// The answer to those who watch the site. That it cannot serve is `Dialect.health`.

import HTTP

struct HealthReply: Reply {
    let response = Response(.ok, json: ["success": true])
}
