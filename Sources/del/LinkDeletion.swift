// Deletion by a delete link. EasyImages' links can be guessed, so they can only move a picture to the recycle bin, and attempts are rate
// limited.

import Accounts
import EasyImagesAPI
import Media
import MediaStore
import Responder
import Site

/// The result of a delete link.
enum LinkOutcome {
    /// A request that must not delete.
    case looked
    case deleted(StoredPath)
    /// nil if the file is unknown.
    case gone(StoredPath?)
    /// Another request can finish it.
    case unfinished(UnfinishedDeletion)
    case tooMany
}

struct LinkDeletion {
    private let site: Site
    private let recycles: Bool
    private let network: String

    init(_ visit: Visit) throws {
        site = visit.site
        recycles = try visit.settings.recycles
        network = try visit.address.network
    }

    func follow(_ target: LinkTarget, on path: DeletionPath) throws -> LinkOutcome {
        do {
            return switch target {
            case .file(let id): try delete(id)
            case .oldPath(let path): try counted { try delete(path) }
            case .guess: try counted { .gone(nil) }
            case .nothing: .gone(nil)
            case .untouched: .looked
            }
        } catch let failure as UnfinishedDeletion {
            // Responses of the other path are logged with their status.
            if path == .easyImages { Log.fail("\(failure)", from: "del") }
            return .unfinished(failure)
        }
    }

    private func delete(_ id: Int) throws -> LinkOutcome {
        if let file = try site.store.delete(id, recycles: recycles) { return .deleted(file.path) }
        return .gone(try site.store.formerPath(of: id))
    }

    private func counted(_ attempt: () throws -> LinkOutcome) throws -> LinkOutcome {
        guard try site.accounts.mayTry(LinkDeletion.attempt, who: network, limit: LinkDeletion.failures, window: LinkDeletion.window)
        else { return .tooMany }
        return try attempt()
    }

    private func delete(_ path: StoredPath) throws -> LinkOutcome {
        // The path comes from the client; it is returned only if it is a file's.
        guard let file = try site.deletablePicture(at: path), try site.store.delete(file.id) != nil else {
            return .gone(try site.store.knows(path) ? path : nil)
        }
        try site.accounts.takeBack(LinkDeletion.attempt, who: network)
        return .deleted(path)
    }

    private static let attempt = "old delete link"
    /// Maximum failures within one window, and its length in seconds.
    static let failures = 30
    static let window = 60
}
