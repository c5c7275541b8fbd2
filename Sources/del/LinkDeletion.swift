// Following a delete link, one of ours or one that the replaced program gave out. An old link is no proof of anything (32 bits of key),
// so all that it can do is to move a picture to the recycle bin, and who tries many is slowed down.

import Accounts
import EasyImagesAPI
import HTTP
import Media
import MediaStore
import Settings
import Site

/// What came of following a link.
enum LinkOutcome {
    /// Nothing was meant to be done.
    case looked
    /// The path of the file for answers.
    case deleted(String)
    /// The same where it is known which file it was.
    case gone(String?)
    /// The file's path; another call goes on.
    case unfinished(String, because: String)
    case tooMany
}

struct LinkDeletion {
    private let request: Request
    private let site: Site
    private let settings: Settings
    private let form: DeleteForm

    init(_ request: Request, _ site: Site) throws {
        self.request = request
        self.site = site
        settings = try site.settings
        form = DeleteForm(request)
    }

    func outcome() throws -> LinkOutcome {
        guard form.isMeant else { return .looked }
        do {
            return try follow()
        } catch let failure as UnfinishedDeletion {
            return .unfinished(settings.naming.uploadsPath + failure.path, because: "\(failure)")
        }
    }

    private func follow() throws -> LinkOutcome {
        if let file = try site.store.delete(token: form.token, recycles: settings.recycles) { return .deleted(shown(file.path)) }
        if let path = try site.store.formerPath(deleteToken: form.token) { return .gone(shown(path)) }
        return try followOldLink(OldLinks(site, settings))
    }

    private func followOldLink(_ links: OldLinks) throws -> LinkOutcome {
        guard links.knowsDeletes else { return .gone(nil) }
        let address = request.clientAddress(settings).network
        guard try site.accounts.mayTry(LinkDeletion.attempt, who: address, limit: LinkDeletion.failures, window: LinkDeletion.window)
        else { return .tooMany }
        guard let path = links.path(deletion: form.token) else { return .gone(nil) }
        // The path is what somebody wrote into the link; it is told only when it is a file's.
        guard let file = try site.deletablePicture(at: path), try site.store.delete(file.id) != nil else {
            return .gone(try site.store.knows(path) ? shown(path) : nil)
        }
        try site.accounts.takeBack(LinkDeletion.attempt, who: address)
        return .deleted(shown(path))
    }

    private func shown(_ path: StoredPath) -> String { settings.naming.uploadsPath + path.text }

    private static let attempt = "old delete link"
    /// In one window of so many seconds.
    private static let failures = 30
    static let window = 60
}
