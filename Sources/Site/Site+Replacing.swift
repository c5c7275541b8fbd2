// Another file in the place of a stored one, under its address: the same checks as for an upload, and besides that the type that the
// address says.

import Disk
import Media
import MediaStore
import Settings
import Text
import UploadPipeline

/// Why a file is not replaced.
public enum ReplacementRefusal: Error, Equatable {
    /// The setting `replace_files` is off.
    case turnedOff
    /// Web servers and browsers go by the end of an address, so only this type can be there.
    case otherType(MediaType, wanted: MediaType)
    /// The operator keeps this content off the site (`blocked_md5`).
    case blocked
}

/// A file that was replaced.
public struct ReplacedFile: Sendable {
    public let file: StoredFile
    /// The former bytes, in the recycle bin; nil if the new ones are the same, so that nothing was done.
    public let former: StoredFile?
    /// For the operator's log.
    public let remarks: [String]
}

extension Site {
    /// The type that the address of a file says.
    public static func type(atAddressOf file: StoredFile) -> MediaType { MediaType(fileExtension: file.path.fileExtension) ?? file.type }

    /// Replaces a file by a received one.
    ///
    /// - Parameters:
    ///   - owner: whose file it has to be; nil for anybody's, without regard to the quota of its account.
    ///   - sender: stored with the file; nil to store none.
    /// - Returns: nil if there is no such file, or if it is deleted.
    /// - Throws: `ReplacementRefusal`; as `UploadPipeline.prepare` and `MediaStore.replace`.
    public func replace(_ file: StoredFile, with received: ReceivedFile, of owner: Int?, from sender: Sender? = nil) throws -> ReplacedFile? {
        let settings = try settings
        guard settings.replacesFiles else { throw ReplacementRefusal.turnedOff }
        guard !Site.isBlocked(received, settings) else { throw ReplacementRefusal.blocked }
        let wanted = Site.type(atAddressOf: file)
        let candidate = try pipeline(UploadRules(settings, keeping: wanted)).prepare(received)
        guard candidate.facts.type == wanted else { throw ReplacementRefusal.otherType(candidate.facts.type, wanted: wanted) }
        let new = NewFile(facts: candidate.facts, originalName: candidate.originalName, sha256: candidate.sha256, sentSHA256: candidate.sentSHA256)
        guard let done = try store.replace(file.id, with: candidate.draft, as: new, of: owner, from: sender) else { return nil }
        return ReplacedFile(file: done.file, former: done.former, remarks: candidate.remarks + smallPicture(of: done, settings))
    }

    private static func isBlocked(_ received: ReceivedFile, _ settings: Settings) -> Bool {
        guard settings.senders.checksBlockedMD5, let md5 = received.md5 else { return false }
        return settings.senders.blockedMD5.lowercased().contains(Hexadecimal.encode(md5))
    }

    /// Makes the thumbnail that files have from their upload on, where the settings say so.
    private func smallPicture(of done: Replacement, _ settings: Settings) -> [String] {
        let small = settings.thumbnails
        guard done.former != nil, small.mode == .upload else { return [] }
        do {
            _ = try thumbnails.makeAtUpload(of: done.file.path, width: small.width, height: small.height)
            return []
        } catch { return ["no thumbnail of \(done.file.path.text) when it was replaced, one is made when it is asked for: \(error)"] }
    }

    func pipeline(_ rules: UploadRules) -> UploadPipeline {
        UploadPipeline(rules: rules, worker: worker, newDraft: { [uploads] in try Draft(in: uploads) })
    }
}

extension UploadRules {
    /// Those of an upload whose file has to have a type in the end: what others are converted to in any case, or nothing is.
    fileprivate init(_ settings: Settings, keeping type: MediaType) {
        self.init(settings, isEasyImages: false)
        if wishes.conversion?.type == type { wishes.conversion?.keepsLarger = true } else { wishes.conversion = nil }
    }
}

extension ReplacementRefusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .turnedOff: "files are not replaced here, because they are sent as unchanging: the setting replace_files is off"
        case .otherType(let sent, let wanted):
            "the new file is \(sent.mime), and at this address only \(wanted.mime) can be: convert it, or upload it as a new one"
        case .blocked: "the setting blocked_md5 names this file"
        }
    }
}
