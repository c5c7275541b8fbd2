// A resumable upload whose client chose the rules and the answer of the web page's form.

import Accounts
import Media
import MediaStore
import Settings
import Site
import Time
import UploadPipeline

extension FormUpload {
    /// - Parameters:
    ///   - name: the client's file name.
    ///   - file: nil while it is not complete.
    ///   - key: under which it is stored.
    ///   - expiry: when it is to be gone.
    public convenience init(resumed name: ClientName, _ file: ReceivedFile?, _ visit: Visit, _ caller: Caller, _ key: UploadKey, _ expiry: Expiry?)
        throws {
        try self.init(PictureForm(resumed: name, file), visit, .resumable)
        self.caller = caller
        (self.key, self.expiry) = (key, expiry)
        account = try caller.accountID.flatMap { try visit.site.accounts.account($0) }
    }

    /// The checks before the first byte is received.
    ///
    /// - Parameter length: bytes of the file.
    /// - Returns: the refusal; nil if the file may be sent.
    public func refusal(ofLength length: Int) throws -> FormOutcome? {
        do {
            try refuseAddress()
            try refuseOverDailyLimit()
            guard length <= settings.largestUpload else { throw FormRefusal.badFile(.overSize(length, limit: settings.largestUpload)) }
            try refuseOverQuota { try visit.uploadService.requireRoom(for: length, of: caller) }
            return nil
        } catch let refusal as FormRefusal {
            return .refused(refusal, nil)
        }
    }

    /// The refusal that an error about the file's beginning stands for; other errors are rethrown.
    public func refusal(for error: any Error) throws -> FormOutcome {
        .refused(try FormRefusal(error, graphicCode: policy.graphicCode, type: nil), nil)
    }

    /// The outcome of an upload that is stored already; nil if it is not.
    ///
    /// - Throws: `UploadKeyRefusal.fileDeleted`.
    public func storedBefore() throws -> FormOutcome? {
        earlier = try key.flatMap { try visit.site.store.stored(under: $0) }
        return earlier == nil ? nil : .kept(try keptUpload())
    }
}
