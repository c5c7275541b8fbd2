// /api/v1/json/devices.php: GET lists the account's devices, POST renames or removes one.

import Responder

serve("json-devices", dialect: .sync) { visit in
    switch visit.request.method {
    case .post:
        let form = try DeviceForm(visit)
        try visit.site.sync.carryOut(form.change, on: form.device, of: form.caller.accountID)
        return DeviceReply(form)
    default:
        let form = try DevicesForm(visit)
        return try DevicesReply(visit.site.sync.devices(of: form.caller.accountID, key: form.key, page: form.page), form)
    }
}
