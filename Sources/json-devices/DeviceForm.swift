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
        let sentDevice = try form.text("device_id")
        guard let device = sentDevice.flatMap(DeviceID.init) else { throw Problem.badField("device_id", sentDevice) }
        let sentAction = try form.text("action")
        guard let action = sentAction.flatMap(Action.init) else { throw Problem.badField("action", sentAction, mustBe: "rename or forget") }
        let name = try form.text("device_name") ?? ""
        guard action == .forget || !name.isEmpty && SyncName.isDeviceName(name) else { throw Problem.badField("device_name", name) }
        self.device = device
        change = action == .rename ? .rename(name) : .forget
    }
}
