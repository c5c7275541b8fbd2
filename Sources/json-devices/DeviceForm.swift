// What is to be done with a device.

import HTTP
import Site
import SyncAPI
import SyncStore

struct DeviceForm {
    enum Action: String { case rename, forget }

    let caller: SyncCaller
    let device: DeviceID
    let action: Action
    let name: String

    init(_ request: Request, _ site: Site) throws {
        let form = try SyncForm(request, site.sync)
        caller = try site.syncCaller(of: request, form: form)
        guard let device = try form.text("device_id").flatMap(DeviceID.init) else { throw Problem.invalid("device_id") }
        guard let action = try form.text("action").flatMap(Action.init) else { throw Problem.invalid("action") }
        name = try form.text("device_name") ?? ""
        guard action == .forget || !name.isEmpty && SyncName.isDeviceName(name) else { throw Problem.invalid("device_name") }
        self.device = device
        self.action = action
    }
}
