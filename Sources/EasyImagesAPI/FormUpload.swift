// One upload through an old form. UploadPolicy.swift lists the checks in their order; they are implemented in FormUpload+SenderChecks.swift
// and FormUpload+FileChecks.swift.

import Accounts
import Disk
import Media
import MediaStore
import Settings
import Site
import Text
import Time
import UploadPipeline

/// An upload in progress.
public final class FormUpload {
    let form: PictureForm
    let visit: Visit
    let policy: UploadPolicy
    let settings: Settings
    /// The user of the session, or the owner of the token.
    var caller = Caller.anonymous
    var account: Account?
    /// The token's number in responses, names and folders.
    var tokenNumber: Int?
    /// Maximum uploads a day from this address, if the limit applies.
    var dailyLimit: Int?
    /// The complete file, and the processed one.
    var received: ReceivedFile?
    var candidate: Candidate?
    /// The client's key for this upload; nil takes it from the request.
    var key: UploadKey?
    /// Of the page whose form sent the file.
    let once: FormOnce?
    /// The key while the file is processed and stored.
    var claim: UploadClaim?
    /// The sender's turn among the uploads at work.
    var turn: ByteLock?
    /// What was stored under the key before.
    var earlier: KeptFile?
    /// When the file is to be gone; nil if it stays.
    var expiry: Expiry?

    /// - Parameter once: the random value of the page whose form sent the file: the same file in the same form again is the same upload.
    public init(_ form: PictureForm, _ visit: Visit, _ policy: UploadPolicy, once: FormOnce? = nil) throws {
        (self.form, self.visit, self.policy, self.once, settings) = (form, visit, policy, once, try visit.settings)
    }

    /// Runs the checks and stores the file.
    ///
    /// - Throws: errors without a message of their own in these forms.
    public func carryOut() throws -> FormOutcome {
        do {
            for check in policy.checks where earlier == nil { try check(self) }
            return .kept(try keptUpload())
        } catch FormRefusal.pieceKept {
            return .pieceKept
        } catch let refusal as FormRefusal {
            return .refused(refusal, toldNumber.map { RefusedNaming(sourceName: sourceName, tokenNumber: $0) })
        }
    }

    func keptUpload() throws -> KeptUpload {
        let (kept, store) = (try earlier ?? keep(), visit.site.store)
        let file = kept.file
        let (smallPicture, remark) = makeSmallPicture(of: file)
        return KeptUpload(
            file: file, sourceName: sourceName.isEmpty ? ClientName(file.path.name).withoutExtension : sourceName, tokenNumber: toldNumber, isDuplicate: policy.tellsDuplicates && kept.isDuplicate,
            pictureBase: settings.naming.pictureBases.randomElement()?.text ?? settings.baseURL.text,
            hideToken: settings.hiding.hidesLinks ? store.hideToken(of: file) : nil,
            deleteToken: settings.forms.showsDeleteLinks && kept.isSendersOwn ? store.deleteToken(of: file) : nil,
            smallPicture: smallPicture, remarks: (candidate?.remarks ?? []) + remark)
    }

    /// If the settings require it. A failure is only logged because the upload is stored already.
    private func makeSmallPicture(of file: StoredFile) -> (place: StoredPath?, remark: [String]) {
        let small = settings.thumbnails
        // (Those are kept for long, wherever they came from.)
        guard small.mode == .upload, file.expiresAt == nil else { return (nil, []) }
        do {
            return (try visit.site.thumbnails.makeAtUpload(of: file.path, width: small.width, height: small.height), [])
        } catch {
            return (nil, ["no thumbnail of \(file.path.text) at its upload, one is made when it is asked for: \(error)"])
        }
    }

    /// The original name without extension.
    private var sourceName: String { (received?.originalName ?? form.name).withoutExtension }

    /// The token's number, if responses contain it.
    private var toldNumber: Int? { policy.tellsToken ? tokenNumber : nil }
}
