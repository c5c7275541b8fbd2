// GET /api/public.php?show=…: one of the site's statistics, if the settings allow it.

import HTTP
import Responder

serve("api-public", failure: "发生错误: 暂时无法统计", dialect: .text) { visit in
    switch NumberForm(visit) {
    case .closed: return Response(.forbidden, text: "开放数据接口已关闭!")
    case .unlisted: return Response(.badRequest, text: "没有权限或参数错误!")
    case .number(let name):
        let numbers = try visit.site.store.numbers(hours: visit.settings.pages.numbersHours)
        return try NumberReply(name, numbers, DiskSpace(of: visit.site.uploads))
    }
}
