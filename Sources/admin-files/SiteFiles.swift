// Reads lists of everybody's files, and does with them what a form says.

import Accounts
import EasyImagesAPI
import FilePages
import HTTP
import MediaStore
import Pages
import Responder
import Site
import Text
import Words

enum SiteFilesOutcome {
    /// - Parameters:
    ///   - count: of the recycle bin's files.
    ///   - task: one that is not over.
    case list(FileListForm, Gallery, owners: [Int: String], count: FileCount?, task: FileTask?)
    /// - Parameter isWrong: whether a word was typed that is not the one.
    case question(AllFiles, isWrong: Bool)
    case task(FileTask, FileListForm)
    case suspects(SuspectsView, [Suspect], isMore: Bool, SuspectsDone?)
    case suspectsDone(SuspectsDone)
    /// The page that shows the task.
    case toTask
    case toList
    case bulk(BulkReply)
}

/// All files of a list, before something is done with them.
struct AllFiles {
    let list: FileListForm
    let count: FileCount
    /// Whether a task is not over, in whose place another would come.
    let isAnother: Bool
}

struct SiteFiles {
    private let visit: Visit
    private let account: Account
    private var store: MediaStore { visit.site.store }

    init(_ visit: Visit, _ account: Account) { (self.visit, self.account) = (visit, account) }

    func carryOut(_ form: SiteFilesForm) throws -> SiteFilesOutcome {
        switch form {
        case .look(let list): return try shown(list)
        case .ask(let list): return list.isValid ? .question(try all(list), isWrong: false) : try shown(list)
        case .suspects(let view, let done):
            let part = try Suspects(visit.site).part(after: view.after, atMost: SuspectsView.size)
            return .suspects(view, part.suspects, isMore: part.next != nil, done)
        case .restoreSuspects(let names): return .suspectsDone(forEach(names, isRestored: true) { try Suspects(visit.site).publish($0) != nil })
        case .deleteSuspects(let names): return .suspectsDone(forEach(names, isRestored: false, Suspects(visit.site).delete))
        case .task: return try store.task(of: account.id).map { .task($0, try list(of: $0)) } ?? .toList
        case .act(let wish): return .bulk(try visit.carryOut(wish, from: "admin-files"))
        case .begin(let action, let list, let word): return try begin(action, list, word)
        case .goOn: return try goOn()
        case .forget:
            try store.forgetTask(of: account.id)
            return .toList
        }
    }

    /// A part of the list; nothing for fields that cannot be as they were entered.
    private func shown(_ list: FileListForm) throws -> SiteFilesOutcome {
        let task = try unfinishedTask()
        guard list.isValid else { return .list(list, .none, owners: [:], count: nil, task: task) }
        let gallery = try store.gallery(list.request, withMonths: false)
        let owners = try Set(gallery.part.files.compactMap(\.owner)).reduce(into: [:]) { names, id in names[id] = try visit.site.accounts.account(id)?.name }
        return .list(list, gallery, owners: owners, count: list.isWholeBin ? try store.count(list.request) : nil, task: task)
    }

    private func forEach(_ names: [SuspectName], isRestored: Bool, _ deed: (SuspectName) throws -> Bool) -> SuspectsDone {
        let done = Set(names).filter { name in
            do { return try deed(name) } catch {
                Log.fail("\(name): \(error)", from: "admin-files")
                return false
            }
        }
        return SuspectsDone(isRestored: isRestored, done: done.count, failed: Set(names).count - done.count)
    }

    private func unfinishedTask() throws -> FileTask? { try store.task(of: account.id).flatMap { $0.isOver ? nil : $0 } }

    private func all(_ list: FileListForm) throws -> AllFiles {
        AllFiles(list: list, count: try store.count(list.request), isAnother: try unfinishedTask() != nil)
    }

    private func begin(_ action: BulkAction, _ list: FileListForm, _ word: String) throws -> SiteFilesOutcome {
        guard list.isValid else { return try shown(list) }
        guard list.allows(action) else { throw Problem(.badRequest, says: "Unknown action") }
        if action == .delete, try word.pasted.lowercased() != list.word(visit.frame.words.siteFiles).lowercased() { return .question(try all(list), isWrong: true) }
        try store.begin(action, filter: list.listWords, store.count(list.request), by: account.id)
        Log.tell([("begun", .string(action.rawValue)), ("files", .string(list.listWords)), ("account", .string(account.name))], from: "admin-files")
        _ = try goOn()
        return .toTask
    }

    private func goOn() throws -> SiteFilesOutcome {
        guard let task = try store.task(of: account.id) else { return .toList }
        let list = try list(of: task)
        // The account by which the files are chosen may be gone: then nothing is done, rather than more.
        guard list.isValid, let (after, errors) = try store.goOn(with: list.request, by: account.id) else { return .task(task, list) }
        for error in errors { Log.fail("\(task.action.rawValue): \(error)", from: "admin-files") }
        return visit.wantsJSON ? .task(after, list) : .toTask
    }

    private func list(of task: FileTask) throws -> FileListForm { try SiteFilesForm.list(visit, Query(task.filter)) }
}
