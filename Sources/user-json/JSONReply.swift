// The page of JSON files: which part of it is shown, and its messages.

import HTML
import HTTP
import JSONText
import Pages
import SyncStore
import Text
import Words

struct JSONReply: Reply {
    private let outcome: JSONOutcome
    private let frame: PageFrame
    private let page: AccountPage

    init(_ outcome: JSONOutcome, _ frame: PageFrame) {
        (self.outcome, self.frame) = (outcome, frame)
        page = AccountPage(frame, at: .ownJSON)
    }

    private var words: JSONWords { frame.words.json }

    var response: Response {
        get throws {
            switch outcome {
            case .files, .conflicts, .devices, .badName: lists
            case .versions, .version, .comparison, .notDeleted: file
            case .conflict(let shown, let fault): conflict(shown, fault)
            case .download(let pulled, let key): try JSONDownload.response(pulled, key)
            case .changes(let pair, let key, let from, let to): JSONDownload.response(pair, key, from, to)
            case .missing(let what): missing(what)
            case .resolved(let outcome): resolved(outcome)
            case .deleted: page.done("deleted")
            case .changedDevice(let word): page.done(word, [("in", "devices")])
            }
        }
    }

    private func shown(_ content: Markup, _ notice: Notice? = nil, status: Status = .ok, at query: [(name: String, value: String)] = []) -> Response {
        page.response(content, notice, status: status, at: PageAddress(.ownJSON, query), style: "json.css")
    }

    // Lists

    private var lists: Response {
        switch outcome {
        case .files(let files, let paging, let open, let done):
            shown(FileListPanel(files: files, paging: paging, openConflicts: open, frame: frame).markup, notice(of: done))
        case .conflicts(let conflicts, let paging, let isResolved, let file, let open, let done):
            shown(ConflictListPanel(conflicts: conflicts, paging: paging, isResolved: isResolved, file: file, openConflicts: open, frame: frame).markup,
                  notice(of: done), at: JSONPart.conflicts.query(of: file?.key))
        case .devices(let devices, let paging, let file, let open, let done):
            shown(DeviceListPanel(devices: devices, paging: paging, file: file, openConflicts: open, frame: frame, page: page).markup,
                  notice(of: done), at: JSONPart.devices.query(of: file?.key))
        case .badName(let devices, let paging, let open):
            shown(DeviceListPanel(devices: devices, paging: paging, file: nil, openConflicts: open, frame: frame, page: page).markup,
                  .failed(words.badName), status: .badRequest)
        default: missing(.file)
        }
    }

    private func notice(of done: Done?) -> Notice? {
        switch done?.word {
        case "resolved": done.flatMap { Int(digits: $0.of, in: 1...Int.max) }.map { .done(frame.words.conflicts.done($0)) }
        case "overlapped": .done(frame.words.conflicts.doneWithConflict)
        case "deleted": .done(words.deleted)
        case "renamed": .done(words.renamed)
        case "forgotten": .done(words.forgotten)
        default: nil
        }
    }

    // One file

    private var file: Response {
        switch outcome {
        case .versions(let history, let paging, let file):
            shown(VersionListPanel(history: history, paging: paging, file: file, frame: frame, page: page).markup, at: [("key", file.key)])
        case .version(let version, let excerpt, let file):
            shown(VersionPanel(version: version, excerpt: excerpt, file: file, frame: frame).markup,
                  at: [("key", file.key), ("version", "\(version.number)")])
        case .comparison(let comparison, let file):
            shown(ComparisonPanel(comparison: comparison, file: file, frame: frame).markup,
                  at: [("key", file.key), ("a", "\(comparison.from)"), ("b", "\(comparison.to)")])
        case .notDeleted(let history, let paging, let file):
            shown(VersionListPanel(history: history, paging: paging, file: file, frame: frame, page: page).markup,
                  .failed(words.changedMeanwhile), status: .conflict)
        default: missing(.file)
        }
    }

    private func missing(_ what: JSONOutcome.Missing) -> Response {
        let text = switch what {
        case .file: words.noFile
        case .version: words.noVersion
        case .conflict: words.noConflict
        case .device: words.noDevice
        }
        return shown("<p><a class=\"button\" href=\"\(frame.links.address(.ownJSON))\">\(words.allFiles)</a></p>\n", .failed(text), status: .notFound)
    }

    // A conflict

    private func conflict(_ shown: ShownConflict, _ fault: ConflictFault?) -> Response {
        let panel = ConflictPanel(shown: shown, fault: fault, frame: frame)
        return page.response(panel.markup, panel.notice, status: fault.map(JSONReply.status) ?? .ok, modules: ["conflict.js"], [frame.words.jsonErrors],
                             at: PageAddress(.ownJSON, [("conflict", "\(shown.conflict.id)")]), style: "json.css")
    }

    private static func status(of fault: ConflictFault) -> Status {
        switch fault {
        case .notJSON, .noContent: .badRequest
        case .tooLarge: .contentTooLarge
        case .alreadyResolved: .conflict
        }
    }

    private func resolved(_ outcome: ResolutionOutcome) -> Response {
        page.done(outcome.conflict == nil ? "resolved" : "overlapped", [("of", "\(outcome.version)"), ("in", "conflicts"), ("key", outcome.fileKey)])
    }
}
