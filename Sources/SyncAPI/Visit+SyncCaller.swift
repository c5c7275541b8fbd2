// Authentication of the JSON endpoints, and the client's device.

import Accounts
import HTTP
import Site
import SyncStore

extension Visit {
    /// The caller, who needs an account and the scope `json`.
    ///
    /// - Parameter form: the body's fields, which may contain the key.
    /// - Throws: `Problem` 401, 403; 400 for an invalid device id.
    public func syncCaller(_ form: SyncForm? = nil) throws -> SyncCaller {
        // (Not in one read transaction: that the key was used may be noted, which is a write.)
        let caller = try self.caller(formKey: form?.apiKey)
        try caller.require(.json)
        let named = try device(ofKey: caller.keyID)
        guard let account = caller.accountID else { throw AccessRefusal.loginRequired }
        return SyncCaller(accountID: account, device: named, key: caller.keyID, address: request.remoteAddress,
                          userAgent: request.header("User-Agent") ?? "", isSent: request.method != .head)
    }

    /// `device_id` of the query, the header `X-Device-ID`, or the device that the key is bound to.
    private func device(ofKey key: Int?) throws -> DeviceID? {
        for text in [query.first("device_id"), request.header("X-Device-ID")] {
            guard let text, !text.isEmpty else { continue }
            guard let device = DeviceID(text) else { throw Problem.badField("device_id", text) }
            return device
        }
        return try key.flatMap(site.sync.device(ofKey:))
    }
}
