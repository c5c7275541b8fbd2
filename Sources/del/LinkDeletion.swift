// Following a delete link. One that the replaced program gave out is no proof of anything, so all that it can do is to move a
// picture to the recycle bin, and who tries many is slowed down.

import Accounts
import EasyImagesAPI
import Media
import MediaStore
import Responder
import Site

/// What came of following a link.
enum LinkOutcome {
    /// Nothing was meant to be done.
    case looked
    case deleted(StoredPath)
    /// nil where it is not known which file it was.
    case gone(StoredPath?)
    /// Another call goes on.
    case unfinished(UnfinishedDeletion)
    case tooMany
}

struct LinkDeletion {
    private let site: Site
    private let recycles: Bool
    private let network: String

    init(_ visit: Visit) {
        site = visit.site
        recycles = visit.settings.recycles
        network = visit.address.network
    }

    func follow(_ link: LinkForm) throws -> LinkOutcome {
        do {
            return switch link.target {
            case .file(let id): try delete(id)
            case .oldPath(let path): try delete(path)
            case .nothing: .gone(nil)
            case nil: .looked
            }
        } catch let failure as UnfinishedDeletion {
            // The other path's answer has a status of its own for it, with which it comes into the log.
            if link.path == .easyImages { Log.fail("\(failure)", from: "del") }
            return .unfinished(failure)
        }
    }

    private func delete(_ id: Int) throws -> LinkOutcome {
        if let file = try site.store.delete(id, recycles: recycles) { return .deleted(file.path) }
        return .gone(try site.store.formerPath(of: id))
    }

    private func delete(_ path: StoredPath?) throws -> LinkOutcome {
        guard try site.accounts.mayTry(LinkDeletion.attempt, who: network, limit: LinkDeletion.failures, window: LinkDeletion.window)
        else { return .tooMany }
        guard let path else { return .gone(nil) }
        // The path is what somebody wrote into the link; it is told only when it is a file's.
        guard let file = try site.deletablePicture(at: path), try site.store.delete(file.id) != nil else {
            return .gone(try site.store.knows(path) ? path : nil)
        }
        try site.accounts.takeBack(LinkDeletion.attempt, who: network)
        return .deleted(path)
    }

    private static let attempt = "old delete link"
    /// In one window of so many seconds.
    private static let failures = 30
    static let window = 60
}
