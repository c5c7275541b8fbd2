// Why files were not stored, in the reader's language and beside each file's name.

import EasyImagesAPI
import HTML
import HTTP
import Pages
import Settings
import Words

struct RefusalList {
    let results: HomeResults
    let frame: PageFrame

    private var words: QueueWords { frame.words.queue }

    /// nil if there is nothing to tell.
    var markup: Markup? {
        let reasons = reasons
        guard !reasons.isEmpty else { return nil }
        return "<div class=\"notice bad\" role=\"alert\">\n\(reasons.map { "<p>\($0)</p>\n" as Markup })</div>\n"
    }

    private var reasons: [String] {
        guard !results.files.isEmpty else { return [frame.words.upload.noFile] }
        let each = results.files.compactMap { file in reason(file).map { frame.words.upload.line(on: file.name, $0) } }
        let limit = "\(results.files.count)"
        return each + (results.surplus > 0 ? [words.batchLimit.filled(["limit": limit])] : [])
    }

    private func reason(_ file: HomeResult) -> String? {
        switch file.outcome {
        case .stored: nil
        case .refused(.file(.wrongType, _)), .refused(.file(.undecodable(nil), _)): wrongType(file.name)
        case .refused(let refusal): text(refusal)
        case .failed(let problem): text(problem)
        }
    }

    private func wrongType(_ name: String) -> String {
        let types = AcceptedTypes(frame.settings)
        return types.allow(name: name) ? words.wrongContent : words.wrongType.filled(["types": types.extensions.joined(separator: " ")])
    }

    private func text(_ problem: Problem) -> String {
        switch problem.status {
        case .insufficientStorage: words.diskFull
        case .conflict: frame.words.upload.atWork
        case .gone: frame.words.upload.deletedSince
        case .tooManyRequests:
            words.goesOnIn.filled(["reason": words.tooManyRequests, "seconds": "\(problem.retryAfter ?? 0)"])
        default: words.serverBusy
        }
    }

    private func text(_ refusal: FormRefusal) -> String {
        switch refusal {
        case .file(let fault, _): text(fault)
        case .activeGraphic: words.activeGraphic
        case .blockedFile: words.blockedFile
        case .address: words.addressRefused
        case .dailyLimit(let limit): words.dailyLimit.filled(["limit": "\(limit)"])
        case .quota(.files(let used, let limit)): words.quotaFiles.filled(["used": "\(used)", "limit": "\(limit)"])
        case .quota(.bytes(let used, _, let limit)):
            words.quotaBytes.filled(["size": ByteText.format(used), "limit": ByteText.format(limit)])
        case .notLoggedIn: words.signInToGoOn
        case .expiry: frame.words.upload.noSuchTerm
        case .says, .signature, .pieceKept: words.serverBusy
        }
    }

    private func text(_ fault: FileFault) -> String {
        switch fault {
        case .notChosen, .several: frame.words.upload.noFile
        case .empty: words.emptyFile
        case .wrongType, .undecodable(nil): words.wrongContent
        case .overSize(let size, let limit): words.tooLarge.filled(["size": ByteText.format(size), "limit": ByteText.format(limit)])
        case .tooWide, .tooHigh, .tooManyPixels: words.tooManyPixels
        case .tooNarrow, .tooLow: words.tooFewPixels
        case .undecodable: words.damagedPicture
        }
    }
}
