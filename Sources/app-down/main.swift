// GET /app/down.php?dw=…: a stored file, to be saved under its name.

import HTTP
import Responder

serve("app-down", methods: [.get, .head], dialect: .page) { request, site in try DownloadReply.response(to: request, site) }
