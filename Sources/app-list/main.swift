// GET /app/list.php: the gallery of a day.

import Pages
import Responder

serve("app-list", dialect: .page) { visit in
    let form = try GalleryForm(visit)
    guard form.isAllowed else { return visit.frame.response("广场", content: "<p role=\"status\">管理员关闭了预览哦~~</p>") }
    return try GalleryReply(visit.site.store.list(form.request), form, visit.frame)
}
