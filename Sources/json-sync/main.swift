// /api/v1/json/sync.php: POST pushes a JSON file, GET pulls the newest version or what is new, DELETE writes a deletion.

import HTTP
import Responder

serve("json-sync", methods: [.get, .head, .post, .delete], dialect: .sync) { request, site in
    switch request.method {
    case .post: try PushReply(request, site).response
    case .delete: try DeleteReply(DeleteForm(request, site), site).response
    default: try PullReply(PullForm(request, site), site, request).response
    }
}
