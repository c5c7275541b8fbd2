// Clients of two kinds follow delete links, each under a path of its own. They differ in status, content type and the order of the
// fields.

import HTTP
import Paths
import Responder

enum DeletionPath {
    /// `/application/del.php`, JSON with a status that tells.
    case v1
    /// `/app/del.php`, always 200 and read as text.
    case easyImages

    init(of request: Request) { self = request.path == Path.formDeletion.text ? .easyImages : .v1 }

    var dialect: Dialect {
        switch self {
        case .v1: .plain
        case .easyImages: .easyImagesText
        }
    }
}
