// GET /app/list.php: the gallery of a day.

import HTTP
import Responder

serve("app-list", methods: [.get, .head], dialect: .page) { request, site in try GalleryPage.response(to: request, site) }
