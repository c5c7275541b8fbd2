// One upload through an old form, from the request to the answer. Which checks it goes through, and in which order, stands in
// UploadPolicy.swift; what they ask stands in SenderChecks.swift and FileChecks.swift.

import Accounts
import HTTP
import JSONText
import MediaStore
import Responder
import Settings
import Site
import Text
import UploadPipeline

/// An upload on its way.
public final class FormUpload {
    let request: Request
    let site: Site
    let settings: Settings
    let policy: UploadPolicy
    let form: PictureForm
    let address: IPAddress
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
    /// For the log of an upload that went well.
    var remarks: [String] = []

    /// Reads the form; its file goes to the disk of its destination while it comes.
    ///
    /// - Throws: `Problem`: no space left, a malformed form; `DiskError`.
    public init(_ request: Request, _ site: Site, _ policy: UploadPolicy) throws {
        (self.request, self.site, self.policy) = (request, site, policy)
        settings = try site.settings
        address = request.clientAddress(settings)
        form = try PictureForm(request, fileField: policy.fileField, pieceField: policy.pieceField,
                               site.receiver(settings, wantsMD5: settings.senders.checksBlockedMD5))
    }

    /// Everything else: checks, keeping, answer.
    public func answer() throws -> Response {
        do {
            for check in policy.checks { try check(self) }
            let answer = try UploadAnswer(keep(), self)
            return Response(easyImages: .object(answer.members)).remarking((candidate?.remarks ?? []) + remarks)
        } catch FormRefusal.pieceKept {
            return .pieceKept
        } catch let refusal as FormRefusal {
            return Response(easyImages: .object(refusal.members(naming: naming)))
        }
    }

    /// What the answer about a refused file calls it.
    private var naming: [(String, JSONValue)] {
        guard let tokenNumber, policy.tellsToken else { return [] }
        return [("srcName", .string((received?.originalName ?? form.name).withoutExtension)), ("id", .int(Int64(tokenNumber)))]
    }
}
