// Which limit counts for whom: keys and accounts have limits of their own, all others those of their address.

import Accounts
import Disk
import Thumbnails

/// What is counted.
public enum CountedWork: Sendable {
    /// A file; the first piece of one that comes in pieces.
    case upload
    /// A further piece.
    case piece
    /// Of a JSON file.
    case push
}

extension Visit {
    /// Counts what a caller asks for, before it is done.
    ///
    /// - Throws: `LimitReached`.
    public func count(_ work: CountedWork, of caller: Caller) throws {
        let limit: FairUseLimit = switch (work, caller.accountID) {
        case (.upload, nil): .anonymousUploads
        case (.upload, _): .keyUploads
        case (.piece, nil): .anonymousPieces
        case (.piece, _): .keyPieces
        case (.push, _): .keyPushes
        }
        try site.fairUse.take(limit, subject(caller), settings.limits)
    }

    /// A turn among the caller's uploads, held as long as the returned object; nil where their number is not limited.
    ///
    /// - Throws: `LimitReached`.
    public func turn(of caller: Caller) throws -> ByteLock? {
        try site.fairUse.turn(caller.accountID == nil ? .anonymousAtOnce : .keyAtOnce, subject(caller), settings.limits)
    }

    private func subject(_ caller: Caller) throws -> FairUseSubject {
        if let key = caller.keyID { return .key(key) }
        return try caller.accountID.map { .account($0) } ?? .network(address.network)
    }

    /// The thumbnails that may be made for this address.
    var thumbnailAllowance: ThumbnailAllowance {
        get throws {
            let (fairUse, subject, limits) = (site.fairUse, FairUseSubject.network(try address.network), try settings.limits)
            return ThumbnailAllowance(look: { try fairUse.take(.thumbnails, subject, limits, isTrial: true) },
                                      take: { try fairUse.take(.thumbnails, subject, limits) })
        }
    }
}
