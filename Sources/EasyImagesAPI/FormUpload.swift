// One upload through an old form, from the form to what came of it. Which checks it goes through, and in which order, stands in
// UploadPolicy.swift; what they ask stands in FormUpload+SenderChecks.swift and FormUpload+FileChecks.swift.

import Accounts
import Media
import MediaStore
import Settings
import Site
import Text
import UploadPipeline

/// An upload on its way.
public final class FormUpload {
    let form: PictureForm
    let visit: Visit
    let policy: UploadPolicy
    /// Who is logged in, or whose token it is.
    var caller = Caller.anonymous
    var account: Account?
    /// The token's number in answers, names and folders.
    var tokenNumber: Int?
    /// How many files this address may send a day, where that counts.
    var dailyLimit: Int?
    /// The file, once it is whole; and what the pipeline made of it.
    var received: ReceivedFile?
    var candidate: Candidate?

    public init(_ form: PictureForm, _ visit: Visit, _ policy: UploadPolicy) {
        (self.form, self.visit, self.policy) = (form, visit, policy)
    }

    var settings: Settings { visit.settings }

    /// Checks, and keeps what passes.
    ///
    /// - Throws: what is no refusal in words of these forms.
    public func carryOut() throws -> FormOutcome {
        do {
            for check in policy.checks { try check(self) }
            return .kept(try keptUpload())
        } catch FormRefusal.pieceKept {
            return .pieceKept
        } catch let refusal as FormRefusal {
            return .refused(refusal, toldNumber.map { RefusedNaming(sourceName: sourceName, tokenNumber: $0) })
        }
    }

    private func keptUpload() throws -> KeptUpload {
        let (kept, store) = (try keep(), visit.site.store)
        let file = kept.file
        let (smallPicture, remark) = makeSmallPicture(of: file)
        return KeptUpload(
            file: file, sourceName: sourceName.isEmpty ? ClientName(file.path.name).withoutExtension : sourceName, tokenNumber: toldNumber,
            hideToken: settings.hiding.hidesLinks ? store.hideToken(of: file) : nil,
            deleteToken: settings.forms.showsDeleteLinks && kept.isSendersOwn ? store.deleteToken(of: file) : nil,
            smallPicture: smallPicture, remarks: (candidate?.remarks ?? []) + remark)
    }

    /// Where the settings say so. The upload is kept already, so what cannot be made is no reason to refuse it.
    private func makeSmallPicture(of file: StoredFile) -> (place: StoredPath?, remark: [String]) {
        let small = settings.thumbnails
        guard small.mode == .upload else { return (nil, []) }
        do {
            return (try visit.site.thumbnails.makeAtUpload(of: file.path, width: small.width, height: small.height), [])
        } catch {
            return (nil, ["no thumbnail of \(file.path.text) at its upload, one is made when it is asked for: \(error)"])
        }
    }

    /// The sender's name without its extension.
    private var sourceName: String { (received?.originalName ?? form.name).withoutExtension }

    /// The token's number, where answers name it.
    private var toldNumber: Int? { policy.tellsToken ? tokenNumber : nil }
}
