// Two kinds of clients use delete links, each with its own path. Their responses differ in status, content type and the order of fields.

import HTTP
import Paths
import Responder

enum DeletionPath {
    /// `/application/del.php`: JSON with a meaningful status.
    case v1
    /// `/app/del.php`: always status 200, JSON as text.
    case easyImages

    init(of request: Request) { self = request.path == Path.formDeletion.text ? .easyImages : .v1 }

    var dialect: Dialect {
        switch self {
        case .v1: .plain
        case .easyImages: .easyImagesText
        }
    }
}
