// The responses to requests that delete nothing, as EasyImages sends them.

import HTTP
import Responder

struct IdleReply: Reply {
    let response: Response

    init(_ request: IdleRequest) {
        response = switch request {
        case .empty: Response(DeletionNotice(worked: "无效请求", icon: "exclamation-sign", mode: "get", url: .null))
        case .look: Response(.ok, text: "")
        case .denied: Response(.ok, text: "Permission denied")
        }
    }
}
