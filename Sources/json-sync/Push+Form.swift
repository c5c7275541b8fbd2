// A push from its fields: the three required ones, and optional ones.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

extension Push {
    init(_ form: SyncForm, by caller: SyncCaller, _ request: Request) throws {
        let key = try form.fileKey
        guard let content = form.content else { throw Problem.badField("content") }
        let sentDevice = try form.text("device_id")
        guard let device = sentDevice.map(DeviceID.init) ?? caller.device else { throw Problem.badField("device_id", sentDevice) }
        self.init(caller: caller, file: key, device: device, content: content)
        deviceName = try form.text("device_name").flatMap { $0.isEmpty ? nil : $0 }
        guard SyncName.isDeviceName(deviceName ?? "") else { throw Problem.badField("device_name", deviceName) }
        message = try form.text("message") ?? ""
        guard SyncName.isMessage(message) else { throw Problem.badField("message", message) }
        baseVersion = try form.integer("base_version")
        onConflict = try Push.onConflict(form)
        ifMatch = EntityTag.condition(request.header("If-Match"))
        createOnly = try Push.createsOnly(request)
        idempotencyKey = try Push.idempotencyKey(request)
        returnsContent = try form.flag("return_content")
    }

    private static func onConflict(_ form: SyncForm) throws -> OnConflict {
        guard let text = try form.text("on_conflict"), !text.isEmpty else { return .merge }
        guard let choice = OnConflict(rawValue: text) else { throw Problem.badField("on_conflict", text) }
        return choice
    }

    /// Only `*` has a meaning for a push.
    private static func createsOnly(_ request: Request) throws -> Bool {
        switch EntityTag.condition(request.header("If-None-Match")) {
        case nil: false
        case .any: true
        case .hashes: throw Problem.badField("If-None-Match", request.header("If-None-Match"))
        }
    }

    private static func idempotencyKey(_ request: Request) throws -> String? {
        guard let key = request.header("Idempotency-Key"), !key.isEmpty else { return nil }
        guard key.utf8.count <= 255 else { throw Problem.badField("Idempotency-Key", key) }
        return key
    }
}
