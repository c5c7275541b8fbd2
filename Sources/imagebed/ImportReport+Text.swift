// The report of an import as text.

import MediaStore
import Takeover

extension ImportReport {
    var text: String {
        let head = isRehearsal ? "dry run: nothing was written" : "took over \(root)"
        let parts = [settingsText, accountsText, tokensText, logsText, filesText("pictures", files), recycledText, rootFilesText] + goneText
        let notes = settings.adjusted.map { "\($0.key) is \($0.value.isEmpty ? "empty" : $0.value): \($0.adjustment ?? "")" } + warnings
        let passwords = accounts.compactMap { account in account.password.map { "new password of \(account.name.plain), shown this once: \($0)" } }
        let token = defaultToken?.newToken.map { ["new token in the place of the default one, shown this once: \($0)"] } ?? []
        return ([head] + parts + notes.map { "note: \($0.plain)" } + passwords + token).joined(separator: "\n")
    }

    private var settingsText: String {
        let kept = "\(settings.kept.count + settings.unknown.count) are kept for an export"
        guard settings.isTaken else {
            let different = settings.different.isEmpty ? "all are as the old site has them"
                : "other values than the old site's here: \(settings.different.joined(separator: ", ")) (--settings takes the old ones)"
            return "settings: taken before; \(different)"
        }
        return "settings: \(settings.taken.count) taken, \(kept)"
    }

    private var accountsText: String {
        "accounts: " + list(accounts.map { "\($0.name.plain) (\($0.role), \($0.state.words))" })
    }

    private var tokensText: String {
        "tokens: " + list(tokens.map { "\($0.id) (\($0.start.plain)…, \($0.state.rawValue)\($0.hasExpired ? ", expired" : ""))" })
    }

    private var logsText: String {
        let bad = logs.unreadableFiles.map { "\nnote: \($0.plain)" }.joined()
        return "logs: \(logs.lines) uploads in \(logs.files) files, \(logs.matched) of them still there, \(logs.recycled) in the recycle bin, "
            + "\(logs.withoutFile) gone; counters of \(counters.days) days" + bad
    }

    private var recycledText: String { filesText("recycle bin", recycled) }

    private var goneText: [String] {
        guard !gone.isEmpty else { return [] }
        let pictures = gone.count == 0 ? "" : "\(gone.count) pictures, such as \(gone.examples.prefix(3).map(\.plain).joined(separator: ", "))"
        let tokens = gone.tokens.isEmpty ? "" : "the tokens " + list(gone.tokens.map { "\($0.id) (\($0.start.plain)…)" })
        let what = [pictures, tokens].filter { !$0.isEmpty }.joined(separator: "; ")
        return ["gone from the old site: \(what); " + (gone.isEnded ? "ended here too" : gone.obstacle ?? "they stay here: --settings ends them")]
    }

    private func filesText(_ what: String, _ files: FilesReport) -> String {
        let left = SkipReason.allCases.compactMap { reason in
            files.left[reason].map { left in
                let examples = left.examples.prefix(3).map(\.plain).joined(separator: ", ")
                return "\n  left alone, \(reason.rawValue): \(left.count), such as \(examples)"
            }
        }
        return "\(what): \(files.seen) files, \(files.added) new, \(files.known) known before" + left.joined()
    }

    private var rootFilesText: String {
        let left = RootReason.allCases.compactMap { reason in
            rootFiles.left[reason].map { left in
                let shown = left.examples.prefix(20).map(\.plain).joined(separator: ", ")
                return "\n  not served any more, \(reason.rawValue): \(shown)" + (left.count > 20 ? " and \(left.count - 20) more" : "")
            }
        }
        return "other files of the site: \(rootFiles.served) go on being served" + left.joined()
    }

    private func list(_ texts: [String]) -> String { texts.isEmpty ? "none" : texts.joined(separator: ", ") }
}

extension AccountReport.State {
    fileprivate var words: String {
        switch self {
        case .added: "added"
        case .known: "there already"
        case .needsPassword: "added, needs a new password"
        case .newPassword: "added with a new password"
        case .refused: "refused"
        }
    }
}

extension String {
    /// Without line breaks, bidirectional controls and terminal escapes: names in an old site are untrusted.
    fileprivate var plain: String {
        String(String.UnicodeScalarView(unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: scalar
            }
        }))
    }
}
