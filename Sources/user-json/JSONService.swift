// Carries out what the page of JSON files is asked for. Whatever is shown of a content is bounded here.

import Accounts
import Database
import JSONText
import Site
import SyncAPI
import SyncRules
import SyncStore
import Text

struct JSONService {
    private let visit: Visit
    private let account: Int
    private var store: SyncStore { visit.site.sync }

    init(_ visit: Visit, _ account: Account) { (self.visit, self.account) = (visit, account.id) }

    /// - Throws: errors of the machine.
    func find(_ view: JSONView) throws -> JSONOutcome { try tellingMissing { try found(view) } }

    /// What is not there is told by the page.
    private func tellingMissing(_ body: () throws -> JSONOutcome) throws -> JSONOutcome {
        do {
            return try body()
        } catch let error as SyncError {
            switch error {
            case .noFile: return .missing(.file)
            case .noVersion: return .missing(.version)
            case .noConflict: return .missing(.conflict)
            case .noDevice: return .missing(.device)
            default: throw error
            }
        }
    }

    private func found(_ view: JSONView) throws -> JSONOutcome {
        let done = Done(visit.query)
        switch view {
        case .files(let page): return .files(try store.files(of: account, page: page), page, try openConflicts, done)
        case .versions(let key, let page): return .versions(try store.history(key, of: account, page: page), page, try store.file(key, of: account))
        case .conflicts(let key, let isResolved, let page):
            let found = try store.conflicts(of: account, key: key, resolved: isResolved, page: page)
            return .conflicts(found, page, isResolved: isResolved, try key.map(file), try openConflicts, done)
        case .devices(let key, let page):
            return .devices(try store.devices(of: account, key: key, page: page), page, try key.map(file), try openConflicts, done)
        case .version(let key, let number):
            let pulled = try store.look(at: .number(number), of: key, account)
            return .version(pulled.version, try shown(pulled.content, JSONService.shownBytes), try file(key))
        case .comparison(let key, let from, let to): return .comparison(try comparison(key, from, to), try file(key))
        case .conflict(let id): return .conflict(try shown(store.conflict(id, of: account)), nil)
        case .download(let key, let wanted): return .download(try store.look(at: wanted, of: key, account), key)
        case .changes(let key, let from, let to): return try changes(key, from, to)
        }
    }

    /// The account's conflicts that wait for somebody.
    private var openConflicts: Int { get throws { try store.conflicts(of: account, key: nil, resolved: false, page: Paging(1, size: 1)).total } }

    private func file(_ key: FileKey) throws -> SyncFileSummary { try store.file(key, of: account) }

    // Contents

    /// Bytes of a content on a page, with indentation.
    static let shownBytes = 102_400
    /// Bytes of a content that can be edited on a page, without and with indentation.
    static let editedBytes = 1_048_576
    private static let indentedBytes = 2_097_152
    /// Differences on a page.
    static let shownChanges = 500
    /// Characters of a path on a page.
    static let pathLimit = 300

    private func shown(_ content: KeptContent, _ limit: Int) throws -> JSONExcerpt {
        struct Enough: Error {}
        var indenter = JSONIndenter(limit: limit)
        do {
            try content.write { piece in
                indenter.add(piece)
                if indenter.isCut { throw Enough() }
            }
        } catch is Enough {}
        return JSONExcerpt(text: String(cutUTF8: indenter.text).withVisibleControls, isCut: indenter.isCut, size: content.size)
    }

    private func comparison(_ key: FileKey, _ from: Int, _ to: Int) throws -> JSONComparison {
        var changes: [Difference.Change] = []
        do {
            try store.pair(from: from, to: to, of: key, account).eachChange { change in
                changes.append(change.cut(to: JSONService.pathLimit + 1))
                return changes.count <= JSONService.shownChanges
            }
        } catch is Difference.TooLarge {
            return JSONComparison(from: from, to: to, changes: [], isCut: false, isTooLarge: true)
        }
        return JSONComparison(from: from, to: to, changes: Array(changes.prefix(JSONService.shownChanges)),
                              isCut: changes.count > JSONService.shownChanges, isTooLarge: false)
    }

    private func changes(_ key: FileKey, _ from: Int, _ to: Int) throws -> JSONOutcome {
        let pair = try store.pair(from: from, to: to, of: key, account)
        do {
            // So that what is too large is said before the first byte is sent.
            try pair.eachChange { _ in false }
            return .changes(pair, key, from: from, to: to)
        } catch is Difference.TooLarge {
            return .comparison(JSONComparison(from: from, to: to, changes: [], isCut: false, isTooLarge: true), try file(key))
        }
    }

    // Conflicts

    private func shown(_ conflict: StoredConflict) throws -> ShownConflict {
        let text: EditedText = try conflict.resolution == nil ? editedText(conflict) : .none
        return ShownConflict(conflict: conflict, places: try conflict.places, resolver: try store.resolvingVersion(of: conflict), text: text)
    }

    /// The merged content, from which a person starts.
    private func editedText(_ conflict: StoredConflict) throws -> EditedText {
        guard let key = FileKey(conflict.fileKey) else { return .none }
        do {
            let content = try store.look(at: .number(conflict.savedVersion), of: key, account).content
            guard content.size <= JSONService.editedBytes else { return .large }
            let whole = try shown(content, JSONService.indentedBytes)
            return whole.isCut ? .large : .text(whole.text)
        } catch SyncError.noVersion {
            return .none
        }
    }

    // Actions

    /// - Throws: errors of the machine, and of requests that the page does not make.
    func carryOut(_ wish: JSONWish) throws -> JSONOutcome {
        try tellingMissing {
            switch wish {
            case .resolve(let id, let action, let content): try resolve(id, action, content)
            case .delete(let key, let version): try delete(key, version)
            case .rename(let device, let name): try change(device, .rename(name))
            case .forget(let device): try change(device, .forget)
            }
        }
    }

    private func resolve(_ id: Int, _ action: Resolution.Action, _ content: HeldText?) throws -> JSONOutcome {
        var document: Document?
        if action == .custom {
            guard let content else { return .conflict(try shown(store.conflict(id, of: account)), .noContent) }
            do {
                document = try SyncForm.parse(content, store)
            } catch let refusal as JSONRefusal {
                return try refused(id, content, .notJSON(refusal, refusal.place(in: content.bytes)))
            } catch SyncError.tooLarge {
                return try refused(id, content, .tooLarge)
            }
        }
        do {
            let outcome = try store.resolve(Resolution(conflict: id, action: action, content: document), by: caller)
            return .resolved(outcome)
        } catch SyncError.alreadyResolved {
            return .conflict(try shown(store.conflict(id, of: account)), .alreadyResolved)
        }
    }

    /// The editor with what was entered, unless that was a large file.
    private func refused(_ id: Int, _ content: HeldText, _ fault: ConflictFault) throws -> JSONOutcome {
        var conflict = try shown(store.conflict(id, of: account))
        if content.bytes.count <= 2 * JSONService.indentedBytes, case .text = conflict.text {
            conflict.text = .text(String(decoding: content.bytes, as: UTF8.self))
        }
        return .conflict(conflict, fault)
    }

    private func delete(_ key: FileKey, _ version: Int) throws -> JSONOutcome {
        do {
            try store.delete(key, seen: version, of: account)
            return .deleted
        } catch SyncError.notTheHead {
            let page = Paging(1, size: 50)
            return .notDeleted(try store.history(key, of: account, page: page), page, try file(key))
        }
    }

    private func change(_ device: DeviceID, _ change: DeviceChange) throws -> JSONOutcome {
        if case .rename(let name) = change, name.isEmpty || !SyncName.isDeviceName(name) {
            let page = Paging(1, size: 50)
            return .badName(try store.devices(of: account, key: nil, page: page), page, try openConflicts)
        }
        try store.carryOut(change, on: device, of: account)
        if case .forget = change { return .changedDevice("forgotten") }
        return .changedDevice("renamed")
    }

    /// A browser, which is no device.
    private var caller: SyncCaller {
        SyncCaller(accountID: account, device: nil, key: nil, address: visit.request.remoteAddress, userAgent: visit.request.header("User-Agent") ?? "")
    }
}
