// The fields of a push: the three required ones, and optional ones. The caller is authenticated in the same transaction as the push, unless
// another process writes in between; the body is received before, so that no transaction waits for a client.

import HTTP
import Site
import SyncAPI
import SyncRules
import SyncStore

struct PushForm {
    let push: Push

    /// - Parameter form: the complete body.
    init(_ form: SyncForm, _ visit: Visit) throws {
        let (request, caller) = (visit.request, try visit.syncCaller(form))
        let key = try form.fileKey
        guard let content = form.content else { throw Problem.invalid("content") }
        guard let device = try form.text("device_id").map(DeviceID.init) ?? caller.device else { throw Problem.invalid("device_id") }
        var push = Push(caller: caller, file: key, device: device, content: content)
        push.deviceName = try form.text("device_name").flatMap { $0.isEmpty ? nil : $0 }
        guard SyncName.isDeviceName(push.deviceName ?? "") else { throw Problem.invalid("device_name") }
        push.message = try form.text("message") ?? ""
        guard SyncName.isMessage(push.message) else { throw Problem.invalid("message") }
        push.baseVersion = try form.integer("base_version")
        push.onConflict = try PushForm.onConflict(form)
        push.ifMatch = EntityTag.condition(request.header("If-Match"))
        push.createOnly = try PushForm.createsOnly(request)
        push.idempotencyKey = try PushForm.idempotencyKey(request)
        push.returnsContent = try form.flag("return_content")
        self.push = push
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
