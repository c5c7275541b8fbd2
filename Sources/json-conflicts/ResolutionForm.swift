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
        guard let id = try form.integer("id"), id > 0 else { throw Problem.invalid("id") }
        guard let action = try form.text("action").flatMap(Resolution.Action.init) else { throw Problem.invalid("action") }
        guard action != .custom || form.content != nil else { throw Problem.invalid("content") }
        resolution = Resolution(conflict: id, action: action, content: form.content)
    }
}
