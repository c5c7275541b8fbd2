// GET /api.php: what the API takes and answers, with samples; GET /openapi.json: the same for programs.

import APIPages
import HTTP
import Pages
import Responder

serve("api-page", dialectOf: { DescriptionPath(of: $0).dialect }) { visit in
    switch DescriptionPath(of: visit.request) {
    case .openAPI: return try Response(.ok, json: OpenAPI(visit.settings).document)
    case .page:
        let frame = try visit.frame
        return try frame.response(APIPage(frame, visit.site.store.statistics()).page)
    }
}
