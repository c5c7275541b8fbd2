// The one call behind a push.

import HTTP
import Site
import SyncAPI
import SyncStore

extension Visit {
    /// Authenticates the caller and stores the push, in one transaction unless another process writes in between.
    ///
    /// - Parameter form: the complete body, so that no transaction waits for a client.
    /// - Throws: `LimitReached`; as `SyncStore.push`.
    func push(_ form: SyncForm) throws -> PushOutcome {
        try site.database.sharingSnapshot {
            let push = try Push(form, by: syncCaller(form), request)
            try count(.push, of: caller())
            return try site.sync.push(push)
        }
    }
}
