// The answer to a change of a device.

import HTTP
import Site
import SyncAPI
import SyncStore

struct DeviceReply {
    let response: Response

    init(_ form: DeviceForm, _ site: Site) throws {
        var members: [(String, SyncReply)] = [
            ("success", .bool(true)), ("device_id", .string(form.device.text)), ("action", .string(form.action.rawValue)),
        ]
        switch form.action {
        case .rename:
            try site.sync.rename(form.device, of: form.caller.account, to: form.name)
            members += [("device_name", .string(form.name)), ("message", .string("Device renamed"))]
        case .forget:
            try site.sync.forget(form.device, of: form.caller.account)
            members.append(("message", .string("Device forgotten")))
        }
        response = try SyncReply.object(members).response
    }
}
