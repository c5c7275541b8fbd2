// GET /api/public.php?show=…: one of the site's statistics, if the settings allow it.

import Responder

serve("api-public", failure: "发生错误: 暂时无法统计", dialect: .text) { visit in
    let form = try NumberForm(visit)
    return try NumberReply(visit.site.number(form))
}
