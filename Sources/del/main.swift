// GET /application/del.php?hash=…, and /app/del.php in EasyImages' dialect: moves the file that a delete link names to the recycle bin.
// The second takes the deletions of an administrator's pages too.

import Responder

serve("del", methods: [.get, .head, .post], dialectOf: { Family(of: $0).dialect }) { request, site in
    switch Family(of: request) {
    case .v1: try LinkDeletion(request, site).outcome().v1Answer()
    case .easyImages: try DeletionPage(request, site).answer()
    }
}
