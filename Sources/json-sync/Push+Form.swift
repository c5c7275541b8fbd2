// A push from its fields: the three required ones, and optional ones.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

extension Push {
    init(_ form: SyncForm, by caller: SyncCaller, _ request: Request) throws {
        let key = try form.fileKey
        guard let content = form.content else { throw Problem.invalid("content") }
        guard let device = try form.text("device_id").map(DeviceID.init) ?? caller.device else { throw Problem.invalid("device_id") }
        self.init(caller: caller, file: key, device: device, content: content)
        deviceName = try form.text("device_name").flatMap { $0.isEmpty ? nil : $0 }
        guard SyncName.isDeviceName(deviceName ?? "") else { throw Problem.invalid("device_name") }
        message = try form.text("message") ?? ""
        guard SyncName.isMessage(message) else { throw Problem.invalid("message") }
        baseVersion = try form.integer("base_version")
        onConflict = try Push.onConflict(form)
        ifMatch = EntityTag.condition(request.header("If-Match"))
        createOnly = try Push.createsOnly(request)
        idempotencyKey = try Push.idempotencyKey(request)
        returnsContent = try form.flag("return_content")
    }

    private static func onConflict(_ form: SyncForm) throws -> OnConflict {
        guard let text = try form.text("on_conflict"), !text.isEmpty else { return .merge }
        guard let choice = OnConflict(rawValue: text) else { throw Problem.invalid("on_conflict") }
        return choice
    }

    /// Only `*` has a meaning for a push.
    private static func createsOnly(_ request: Request) throws -> Bool {
        switch EntityTag.condition(request.header("If-None-Match")) {
        case nil: false
        case .any: true
        case .hashes: throw Problem.invalid("If-None-Match")
        }
    }

    private static func idempotencyKey(_ request: Request) throws -> String? {
        guard let key = request.header("Idempotency-Key"), !key.isEmpty else { return nil }
        guard key.utf8.count <= 255 else { throw Problem.invalid("Idempotency-Key") }
        return key
    }
}
