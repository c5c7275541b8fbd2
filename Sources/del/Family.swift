// Two families of clients follow delete links. They differ in path, status, content type and the order of the fields.

import HTTP
import Responder

enum Family {
    /// `/application/del.php`, JSON with a status that tells.
    case v1
    /// `/app/del.php`, always 200 and read as text.
    case easyImages

    init(of request: Request) { self = request.path == "/app/del.php" ? .easyImages : .v1 }

    var dialect: Dialect {
        switch self {
        case .v1: .plain
        case .easyImages: .easyImagesText
        }
    }
}
