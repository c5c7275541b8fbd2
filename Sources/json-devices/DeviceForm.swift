// The fields of a request that changes a device.

import HTTP
import Site
import SyncAPI
import SyncStore

struct DeviceForm {
    private enum Action: String { case rename, forget }

    let caller: SyncCaller
    let device: DeviceID
    let change: DeviceChange

    init(_ visit: Visit) throws {
        let form = try SyncForm(visit)
        caller = try visit.syncCaller(form)
        guard let device = try form.text("device_id").flatMap(DeviceID.init) else { throw Problem.invalid("device_id") }
        guard let action = try form.text("action").flatMap(Action.init) else { throw Problem.invalid("action") }
        let name = try form.text("device_name") ?? ""
        guard action == .forget || !name.isEmpty && SyncName.isDeviceName(name) else { throw Problem.invalid("device_name") }
        self.device = device
        change = action == .rename ? .rename(name) : .forget
    }
}
