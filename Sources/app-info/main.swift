// GET /app/info.php?img=…: the details of a file.

import HTTP
import Responder

serve("app-info", methods: [.get, .head], dialect: .page) { request, site in try DetailsPage.response(to: request, site) }
