// The response to a change of a device.

import HTTP
import SyncAPI

struct DeviceReply: Reply {
    let form: DeviceForm

    init(_ form: DeviceForm) { self.form = form }

    var response: Response {
        get throws {
            let (action, result): (String, [(String, SyncJSON)]) = switch form.change {
            case .rename(let name): ("rename", [("device_name", .string(name)), ("message", .string("Device renamed"))])
            case .forget: ("forget", [("message", .string("Device forgotten"))])
            }
            return try SyncJSON.object([
                ("success", .bool(true)), ("device_id", .string(form.device.text)), ("action", .string(action)),
            ] + result).response
        }
    }
}
