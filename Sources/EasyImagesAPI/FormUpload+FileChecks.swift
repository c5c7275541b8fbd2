// The checks of the file.

import Crypto
import Disk
import HTTP
import Media
import MediaHeader
import MediaStore
import Paths
import Settings
import Site
import Text
import Time
import UploadPipeline

extension FormUpload {
    func requireFile() throws {
        guard form.file != nil || form.isList else { throw FormRefusal.says(204, FormRefusal.noFile) }
    }

    func readExpiry() throws {
        try refuseInvalidExpiry { expiry = try Expiry.read(form.text(Expiry.field)) }
    }

    func refuseInvalidExpiry<Value>(_ step: () throws -> Value) throws -> Value {
        do { return try step() } catch let invalid as InvalidExpiry { throw FormRefusal.expiry(invalid) }
    }

    /// Claims the request's Idempotency-Key. If an earlier request has stored the file, the remaining checks do not apply: the response is
    /// that of the earlier request, also if the daily limit is reached since.
    func claimKey() throws {
        guard let key = try key ?? visit.uploadKey(of: caller) else { return }
        guard ["", "0", "1"].contains(form.text("chunks") ?? "") else { throw FormUpload.keyOfPiece }
        try collectPieces()
        guard let received else { return }
        claim = try visit.uploadService.claim(received, under: key, expiring: expiry)
        earlier = claim?.earlier
    }

    /// Claims a key that the form's random value, the file and its term make together: another file, chosen after going back, is another
    /// upload.
    func claimKeyOfForm() throws {
        guard let once, case .file(let file)? = form.file else { return }
        let term = expiry.map { " \($0.canonical)" } ?? ""
        key = UploadKey("form \(once.text) \(Hexadecimal.encode(file.sha256)) \(file.originalName.text)\(term)", of: caller.sender)
        try claimKey()
    }

    private static let keyOfPiece = Problem(.badRequest, says: "Idempotency-Key is for whole files: send no pieces, or use \(Path.resumable.text)")

    /// The piece of a file that the form is; nil for a whole file, and for what is no piece.
    var piece: Piece? {
        guard settings.forms.chunkBytes > 0, let number = form.text("chunk").flatMap({ Int($0) }), let count = form.text("chunks").flatMap({ Int($0) })
        else { return nil }
        return Piece(number: number, of: count)
    }

    /// Continues with a whole file, or with the assembled one after its last piece.
    func collectPieces() throws {
        guard received == nil else { return }
        guard let chunks = form.text("chunks"), !["", "0"].contains(chunks) else { return received = try file(form.file) }
        // The page sends small files as a single piece with the name "blob".
        if chunks == "1" { return received = try file(form.file).named(settings.forms.chunkBytes > 0 ? pieceName : form.name) }
        guard let piece else { throw FormRefusal.says(400, FormRefusal.badPiece) }
        let sent = try file(form.file)
        guard let pieces = try take(sent, piece) else { throw FormRefusal.pieceKept }
        let receiver = try visit.uploadService.receiver(wantsMD5: settings.senders.checksBlockedMD5)
        received = try file(receiver.join(pieces, named: pieceName))
    }

    /// An early check of the file as it was sent; the limit is enforced when it is stored.
    func refuseOverQuota() throws {
        guard let received else { return }
        try refuseOverQuota { try visit.uploadService.requireRoom(for: received.draft.size, of: caller) }
    }

    func refuseOverQuota<Value>(_ step: () throws -> Value) throws -> Value {
        do { return try step() } catch let excess as QuotaExceeded { throw FormRefusal.quota(excess) }
    }

    func preparePicture() throws {
        guard let received else { throw FormRefusal.says(204, FormRefusal.noFile) }
        do {
            candidate = try visit.uploadService.prepare(received, isEasyImages: true)
        } catch {
            let type = try? MediaHeader.read(received.draft, nameHint: received.originalName.text).type
            throw try FormRefusal(error, graphicCode: policy.graphicCode, type: type)
        }
    }

    /// The setting is free text; hashes in it match in any letter case, for the file as sent and as stored.
    func refuseBlockedFile() throws {
        guard settings.senders.checksBlockedMD5, let sent = received?.md5, let candidate else { return }
        let list = settings.senders.blockedMD5.lowercased()
        let sums = candidate.sha256 == candidate.sentSHA256 ? [sent] : [sent, try candidate.draft.md5()]
        guard sums.contains(where: { list.contains(Hexadecimal.encode($0)) }) else { return }
        throw FormRefusal.blockedFile
    }

    private func file(_ part: ReceivedPart?) throws -> ReceivedFile {
        switch part {
        case .file(let file): return file
        case .empty: throw FormRefusal.badFile(form.name.text.isEmpty ? .notChosen : .empty)
        case .tooLarge(let size): throw FormRefusal.badFile(.overSize(size, limit: settings.largestUpload))
        case nil: throw FormRefusal.badFile(.several)
        }
    }

    private func take(_ sent: ReceivedFile, _ piece: Piece) throws -> [File]? {
        do {
            let sender = [try visit.address.network, caller.accountID.map(String.init) ?? ""]
            let upload = try marks(of: sender) + [visit.request.header("User-Agent") ?? "", form.text("name") ?? ""]
            return try visit.site.pieces.take(sent.draft, piece, of: upload, sender: sender, sizeLimit: settings.largestUpload)
        } catch PieceStore.Refusal.tooMany {
            throw FormRefusal.says(400, FormRefusal.tooManyPieces)
        } catch PieceStore.Refusal.tooLarge {
            throw FormRefusal.badFile(.overSize(settings.largestUpload + 1, limit: settings.largestUpload))
        }
    }

    /// What tells a file in pieces from those of the same name that others send at the same time: the `uuid` that plupload makes for each
    /// file, which outlasts a change of address; else the session; else account and address, in which two senders may be one. The account
    /// counts in any case, so that nobody adds anything to the file of somebody who is known.
    private func marks(of sender: [String]) throws -> [String] {
        if let uuid = form.text("uuid"), !uuid.isEmpty { return ["uuid", uuid, sender[1]] }
        if account != nil, let session = try visit.credentials.session { return ["session", session] }
        return sender
    }

    /// The field `name` has the whole file's name; that of a piece is often "blob".
    private var pieceName: ClientName {
        let label = ClientName(form.text("name") ?? "")
        return label.text.isEmpty ? form.name : label
    }
}

extension Draft {
    func md5() throws -> [UInt8] {
        let digest = MD5()
        try forEachPiece(digest.update)
        return digest.finish()
    }
}
