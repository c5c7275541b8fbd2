// GET /api/public.php?show=…: one of the site's numbers, where the operator tells them.

import HTTP
import Pages
import Responder

serve("api-public", methods: [.get, .head, .post], failure: "发生错误: 暂时无法统计", dialect: .page) { request, site in
    try NumbersReply(request.query, site.settings, site.store, disk: site.uploads).response
}
