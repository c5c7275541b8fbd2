// GET /app/hide.php?key=…: the picture behind a link that hides where it lies.

import HTTP
import Responder

serve("app-hide", methods: [.get, .head], dialect: .page) { request, site in try HiddenPicture.response(to: request, site) }
