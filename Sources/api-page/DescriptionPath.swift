// People and programs read the same table at an address each.

import HTTP
import Pages
import Paths
import Responder

enum DescriptionPath {
    case page, openAPI

    init(of request: Request) { self = request.path == Path.openAPI.text ? .openAPI : .page }

    /// Pages of any origin may read the description for programs.
    var dialect: Dialect {
        switch self {
        case .page: .page
        case .openAPI: .plain
        }
    }
}
