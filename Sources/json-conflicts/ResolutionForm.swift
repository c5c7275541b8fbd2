// The fields of a request that resolves a conflict.

import HTTP
import Site
import SyncAPI
import SyncStore

struct ResolutionForm {
    let caller: SyncCaller
    let resolution: Resolution

    init(_ visit: Visit) throws {
        let form = try SyncForm(visit)
        caller = try visit.syncCaller(form)
        guard let id = try form.integer("id"), id > 0 else { throw Problem.badField("id") }
        let sentAction = try form.text("action")
        guard let action = sentAction.flatMap(Resolution.Action.init) else {
            throw Problem.badField("action", sentAction, mustBe: Resolution.Action.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard action != .custom || form.content != nil else { throw Problem.badField("content") }
        resolution = Resolution(conflict: id, action: action, content: form.content)
    }
}
