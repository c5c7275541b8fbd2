// /api/v1/json/devices.php: GET lists the account's devices, POST renames or forgets one.

import HTTP
import Responder

serve("json-devices", methods: [.get, .head, .post], dialect: .sync) { request, site in
    switch request.method {
    case .post: try DeviceReply(DeviceForm(request, site), site).response
    default: try DevicesReply(DevicesForm(request, site), site).response
    }
}
