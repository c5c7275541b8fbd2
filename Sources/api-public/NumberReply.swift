// One statistic as plain text in EasyImages' format, for scripts and badges.

import EasyImages
import HTTP
import Responder
import Time

struct NumberReply: Reply {
    let response: Response

    init(_ number: PublicNumber) {
        response = switch number {
        case .closed: Response(.forbidden, text: "开放数据接口已关闭!")
        case .unlisted: Response(.badRequest, text: "没有权限或参数错误!")
        case .unknown: Response(.ok, text: "Array")
        case .time(let seconds): Response(.ok, text: SiteTime(seconds).text)
        case .count(let count): Response(.ok, text: "\(count)")
        case .bytes(let bytes): Response(.ok, text: SizeText.format(bytes))
        case .days(let counts): Response(.ok, text: counts.map { "\"\($0)\" ," }.joined())
        }
    }
}
