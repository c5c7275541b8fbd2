// Why a file was not changed, as a value and in the reader's language. What is the machine's fault is no refusal.

import HTTP
import Media
import MediaStore
import Pages
import PictureWorker
import Site
import UploadPipeline
import Words

enum ChangeRefusal {
    /// As it was entered.
    case name(String)
    case notChosen, empty
    /// Bytes.
    case overSize(Int, limit: Int)
    case replacement(ReplacementRefusal)
    case upload(UploadRefusal)
    case content(MediaRefusal)
    case picture(PictureFailure)
    case quota(QuotaExceeded)

    /// nil for what is no refusal.
    init?(_ error: any Error) {
        switch error {
        case let refusal as ReplacementRefusal: self = .replacement(refusal)
        case let refusal as UploadRefusal: self = .upload(refusal)
        case let refusal as MediaRefusal: self = .content(refusal)
        case let failure as PictureFailure where failure.isThePicturesFault: self = .picture(failure)
        case let excess as QuotaExceeded: self = .quota(excess)
        default: return nil
        }
    }

    var isAboutTheName: Bool { if case .name = self { true } else { false } }

    var status: Status {
        switch self {
        case .replacement(.turnedOff), .replacement(.blocked), .quota, .upload(.videoDisabled): .forbidden
        default: .badRequest
        }
    }

    func text(_ frame: PageFrame) -> String {
        let (words, queue) = (frame.words.fileChanges, frame.words.queue)
        switch self {
        case .name: return words.badName
        case .notChosen: return words.notChosen
        case .empty: return queue.emptyFile
        case .overSize(let size, let limit), .upload(.overSize(let size, let limit)): return ChangeRefusal.tooLarge(size, limit, queue)
        case .replacement(.turnedOff): return words.turnedOff
        case .replacement(.blocked): return queue.blockedFile
        case .replacement(.otherType(let sent, let wanted)):
            return words.otherType(sent: sent.fileExtension.uppercased(), wanted: wanted.fileExtension.uppercased())
        case .upload(let refusal): return ChangeRefusal.text(refusal, frame)
        case .content(let refusal): return ChangeRefusal.text(refusal, frame)
        case .picture: return words.unreadable
        case .quota(.bytes(let used, _, let limit)): return queue.quotaBytes.filled(["size": ByteText.format(used), "limit": ByteText.format(limit)])
        case .quota(.files(let used, let limit)): return queue.quotaFiles.filled(["used": "\(used)", "limit": "\(limit)"])
        }
    }

    private static func tooLarge(_ size: Int, _ limit: Int, _ words: QueueWords) -> String {
        words.tooLarge.filled(["size": ByteText.format(size), "limit": ByteText.format(limit)])
    }

    private static func text(_ refusal: UploadRefusal, _ frame: PageFrame) -> String {
        switch refusal {
        case .tooWide, .tooHigh: frame.words.queue.tooManyPixels
        case .tooNarrow, .tooLow: frame.words.queue.tooFewPixels
        case .activeGraphic: frame.words.queue.activeGraphic
        case .videoDisabled: frame.words.queue.wrongContent
        case .overSize, .complexGraphic, .keptMetadata: frame.words.fileChanges.unreadable
        }
    }

    private static func text(_ refusal: MediaRefusal, _ frame: PageFrame) -> String {
        if MediaRefusal.ofPixels.contains(refusal.reason) { return frame.words.queue.tooManyPixels }
        return refusal.reason == .notRecognised ? frame.words.queue.wrongContent : frame.words.fileChanges.unreadable
    }
}
