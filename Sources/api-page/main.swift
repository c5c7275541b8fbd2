// GET /openapi.json: the API in OpenAPI 3.1.

import APIPages
import HTTP
import Responder

serve("api-page") { visit in Response(.ok, json: OpenAPI(visit.settings).document) }
