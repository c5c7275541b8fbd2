// /api/v1/json/conflicts.php: GET lists conflicts, POST resolves one.

import HTTP
import Responder

serve("json-conflicts", methods: [.get, .head, .post], dialect: .sync) { request, site in
    switch request.method {
    case .post: try ResolutionReply(ResolutionForm(request, site), site).response
    default: try ConflictsReply(ConflictsForm(request, site), site).response
    }
}
