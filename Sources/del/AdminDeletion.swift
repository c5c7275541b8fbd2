// The actions of administrators' pages. A request can only name files and folders inside the uploads folder, and responses reveal nothing
// else about the machine.

import Accounts
import Disk
import EasyImages
import EasyImagesAPI
import JSONText
import Media
import MediaStore
import Responder
import Settings
import Site

/// The result of an action.
enum AdminOutcome {
    case worked, failed
    /// A deletion failed half-way; another attempt continues it.
    case unfinished
}

struct AdminDeletion {
    private let site: Site
    private let settings: Settings
    private let account: Account

    init(_ visit: Visit, by account: Account) throws {
        site = visit.site
        settings = try visit.settings
        self.account = account
    }

    func carryOut(_ form: AdminForm) -> AdminOutcome {
        switch form {
        case .delete(let url): attempt(url, form, deleteAny)
        case .deleteAddress(let url): attempt(url, form, deleteAny)
        case .recycle(let url): attempt(url, form, recycle)
        case .restore(let name): attempt(name, form, restore)
        case .restoreSuspect(let name): attempt(name, form, restoreSuspect)
        case .deleteFolder(let folder): attempt(folder, form, deleteFolder)
        case .deleteDay(let folder): attempt(folder, form, deleteFolder)
        case .deleteAll(let urls): attemptAll(urls, form, deleteAny)
        case .recycleAll(let urls): attemptAll(urls, form, recycle)
        case .forgetRelease: .failed
        case .forgetCode, .nothing: .worked
        }
    }

    // Actions: each returns whether there was anything to do

    private func deleteAny(_ url: String) throws -> Bool { try TreeAddress.all(url, settings).contains(where: delete) }

    private func delete(_ address: TreeAddress) throws -> Bool {
        switch address {
        case .picture(let path):
            if let file = try site.store.deletable(at: path) { return try site.store.delete(file.id, recycles: false) != nil }
            return try site.store.removeUnknown(path)
        case .kept(let path): return try site.store.removeUnknown(path)
        case .recycled(let name): return try site.store.removeRecycled(name)
        }
    }

    private func recycle(_ url: String) throws -> Bool {
        guard case .picture(let path) = TreeAddress(storedPath: url, settings), let file = try site.deletablePicture(at: path)
        else { return false }
        return try site.store.delete(file.id) != nil
    }

    private func restore(_ name: String) throws -> Bool {
        guard let file = try site.store.restore(name) else { return try bringBack(name, from: Folder(site.data.recycleBin)) }
        // Its thumbnail was deleted too, and may be in the list with a URL of its own.
        let small = settings.thumbnails
        if small.mode == .upload { _ = try? site.thumbnails.makeAtUpload(of: file.path, width: small.width, height: small.height) }
        return true
    }

    private func restoreSuspect(_ name: String) throws -> Bool { try Suspects(site).publish(SuspectName(bytes: Array(name.utf8))) != nil }

    /// A file without a row is restored if the existing folders identify its path.
    private func bringBack(_ name: String, from place: Folder) throws -> Bool {
        guard StoredPath(name)?.folder == "", let path = FlatName.path(name, in: site.uploads), !DateFolder.isReserved(path),
              let file = try AdoptedFile(name, in: place, at: path) else { return false }
        return try site.store.bringBack(name, from: place, as: file)
    }

    /// The site's own folders are emptied, not removed.
    private func deleteFolder(_ text: String) throws -> Bool {
        let name = String(text.drop { $0 == "/" })
        guard let folder = StoredPath(name.hasSuffix("/") ? String(name.dropLast()) : name) else { return false }
        guard DateFolder.isReserved(folder) else { return try site.store.deleteFolder(folder) }
        guard folder.text == DateFolder.recycleBin else { return try site.store.empty(folder) }
        try site.store.emptyRecycleBin()
        return true
    }

    // Error handling

    /// Errors of the disk count as a failed action; details are in the log.
    private func attempt(_ sent: String?, _ form: AdminForm, _ deed: (String) throws -> Bool) -> AdminOutcome {
        do {
            let worked = try sent.map(deed) ?? false
            if worked { Log.tell([("done", .string(form.words.done)), ("what", JSONValue(sent)), ("account", .string(account.name))], from: "del") }
            return worked ? .worked : .failed
        } catch {
            Log.fail("\(form.words.failed) \(sent ?? ""): \(error)", from: "del")
            return error is UnfinishedDeletion ? .unfinished : .failed
        }
    }

    /// The result for several files: unfinished if any is.
    private func attemptAll(_ all: [String], _ form: AdminForm, _ deed: (String) throws -> Bool) -> AdminOutcome {
        all.reduce(.worked) { outcome, sent in attempt(sent, form, deed) == .unfinished ? .unfinished : outcome }
    }
}
