// Does what an administrator's page asks for, and answers as EasyImages did. Whatever is named is a file or a folder below the tree
// of pictures or nothing at all (trap 14), and no answer tells more of the machine than the form did (trap 21).

import Accounts
import Disk
import EasyImages
import EasyImagesAPI
import HTTP
import JSONText
import Media
import MediaStore
import Responder
import Settings
import Site

struct AdminDesk {
    let site: Site
    let settings: Settings
    private let account: Account

    init(_ site: Site, _ settings: Settings, _ account: Account) {
        self.site = site
        self.settings = settings
        self.account = account
    }

    func answer(to form: AdminForm) throws -> Response {
        switch form {
        case .delete(let url): reply(url, done: "删除成功", failed: "删除失败") { try TreeAddress.all($0, settings).contains(where: delete) }
        case .recycle(let url): reply(url, done: "回收成功", failed: "回收失败", doneMode: "recycle", recycle)
        case .restore(let name): reply(name, done: "恢复成功", failed: "恢复失败", restore)
        case .restoreSuspect(let name): reply(name, done: "恢复成功", failed: "恢复失败", restoreSuspect)
        case .deleteFolder(let folder): reply(folder, done: "删除文件夹成功", failed: "删除文件夹失败", deleteFolder)
        case .deleteDay(let folder): reply(folder, done: "删除成功", failed: "删除失败", doneMode: "delDir", failedMode: "delDir", deleteFolder)
        case .deleteAddress(let url):
            reply(url, done: "删除成功", failed: "删除失败") { try TreeAddress.all($0, settings).contains(where: delete) }
        case .deleteAll(let urls): deleteAll(urls)
        case .recycleAll(let urls): recycleAll(urls)
        case .forgetRelease(let url): answer(OldAnswer(failed: "更新版本号失败", mode: "delete", url: AdminDesk.echo(url)))
        case .forgetCode: answer(OldAnswer(worked: "重置缓存成功", mode: "delete", url: nil))
        case .nothing: Response(.ok, text: "")
        }
    }

    // Deeds: each tells whether there was anything to do

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
        // Its small picture went with it, and has an address of its own.
        let small = settings.thumbnails
        if small.mode == .upload { _ = try? site.thumbnails.makeAtUpload(of: file.path, width: small.width, height: small.height) }
        return true
    }

    private func restoreSuspect(_ name: String) throws -> Bool { try bringBack(name, from: site.uploads.folder("suspic")) }

    /// A file that no row knows, when the folders that are there tell where it was.
    private func bringBack(_ name: String, from place: Folder) throws -> Bool {
        guard StoredPath(name)?.folder == "", let path = FlatName.path(name, in: site.uploads), !DateFolder.isReserved(path),
              let file = try AdoptedFile(name, in: place, at: path) else { return false }
        return try site.store.bringBack(name, from: place, as: file)
    }

    /// The folders of the tree's own are emptied.
    private func deleteFolder(_ text: String) throws -> Bool {
        let name = String(text.drop { $0 == "/" })
        guard let folder = StoredPath(name.hasSuffix("/") ? String(name.dropLast()) : name) else { return false }
        guard DateFolder.isReserved(folder) else { return try site.store.deleteFolder(folder) }
        guard folder.text == "recycle" else { return try site.store.empty(folder) }
        try site.store.emptyRecycleBin()
        return true
    }

    private func deleteAll(_ urls: [String]) -> Response {
        var isUnfinished = false
        for url in urls {
            let end = attempt(url, done: "删除成功", failed: "删除失败") { try TreeAddress.all($0, settings).contains(where: delete) }
            isUnfinished = isUnfinished || end == .unfinished
        }
        if isUnfinished {
            return answer(OldAnswer(failed: OldAnswer.unfinished, code: 500, mode: "delete", url: .array(urls.map { AdminDesk.echo($0) })))
        }
        return answer(OldAnswer(worked: "删除成功", mode: "delete", url: .array(urls.map { AdminDesk.echo($0) })))
    }

    private func recycleAll(_ urls: [String]) -> Response {
        var isUnfinished = false
        for url in urls {
            isUnfinished = attempt(url, done: "回收成功", failed: "回收失败", recycle) == .unfinished || isUnfinished
        }
        if isUnfinished { return answer(OldAnswer(failed: OldAnswer.unfinished, code: 500, mode: "recycle", url: nil)) }
        return Response(.ok, text: "")
    }

    // Answers

    /// Does it and says how it went. What the disk refuses is a failure like others; the log has more.
    private func reply(_ sent: String?, done: String, failed: String, doneMode: String = "delete", failedMode: String = "delete",
                       _ deed: (String) throws -> Bool) -> Response {
        let url = AdminDesk.echo(sent)
        return switch attempt(sent, done: done, failed: failed, deed) {
        case .worked: answer(OldAnswer(worked: done, mode: doneMode, url: url))
        case .failed: answer(OldAnswer(failed: failed, mode: failedMode, url: url))
        case .unfinished: answer(OldAnswer(failed: OldAnswer.unfinished, code: 500, mode: failedMode, url: url))
        }
    }

    private enum End { case worked, failed, unfinished }

    private func attempt(_ sent: String?, done: String, failed: String, _ deed: (String) throws -> Bool) -> End {
        do {
            let worked = try sent.map(deed) ?? false
            if worked { Log.tell([("done", .string(done)), ("what", JSONValue(sent)), ("account", .string(account.name))], from: "del") }
            return worked ? .worked : .failed
        } catch {
            Log.fail("\(failed) \(sent ?? ""): \(error)", from: "del")
            return error is UnfinishedDeletion ? .unfinished : .failed
        }
    }

    private func answer(_ answer: OldAnswer) -> Response { Response(.ok, jsonText: .object(answer.members)) }

    /// What was sent, as the old pages get it back: without HTML tags.
    private static func echo(_ sent: String?) -> JSONValue { sent.map { .string(FileNameBody.withoutTags($0)) } ?? .null }
}
