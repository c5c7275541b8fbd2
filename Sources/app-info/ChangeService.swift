// Gives a file another name, or replaces it.

import JSONText
import Media
import MediaStore
import Responder
import Site
import UploadPipeline

/// What became of a request.
enum ChangeOutcome {
    /// It asks for no change.
    case nothing
    /// There is no such file, or it is somebody else's.
    case noFile
    case done(DoneChange, remarks: [String])
    case refused(ChangeRefusal)
}

/// A change that was made; the value of `changed` in the address of the page that tells it.
enum DoneChange: String {
    case renamed, replaced, unchanged
}

extension Site {
    func carryOut(_ form: DetailsForm) throws -> ChangeOutcome {
        guard let change = form.change else { return .nothing }
        guard form.isAllowed, let path = form.path, let file = try store.file(at: path), form.owner == nil || file.owner == form.owner else { return .noFile }
        switch change {
        case .rename(let text): return try rename(file, text, form)
        case .replace(let part): return try replace(file, part, form)
        }
    }

    private func rename(_ file: StoredFile, _ text: String, _ form: DetailsForm) throws -> ChangeOutcome {
        guard let name = ClientName(given: text) else { return .refused(.name(text)) }
        guard try store.rename(file.id, to: name, of: form.owner) != nil else { return .noFile }
        tell(.renamed, file, form)
        return .done(.renamed, remarks: [])
    }

    private func replace(_ file: StoredFile, _ part: ReceivedPart?, _ form: DetailsForm) throws -> ChangeOutcome {
        switch part {
        case .file(let received): return try replace(file, received, form)
        case .tooLarge(let size): return .refused(.overSize(size, limit: try settings.largestUpload))
        case .empty: return .refused(.empty)
        case nil: return .refused(.notChosen)
        }
    }

    private func replace(_ file: StoredFile, _ received: ReceivedFile, _ form: DetailsForm) throws -> ChangeOutcome {
        do {
            guard let replaced = try replace(file, with: received, of: form.owner, from: form.sender) else { return .noFile }
            let done: DoneChange = replaced.former == nil ? .unchanged : .replaced
            tell(done, file, form)
            return .done(done, remarks: replaced.remarks)
        } catch {
            guard let refusal = ChangeRefusal(error) else { throw error }
            return .refused(refusal)
        }
    }

    private func tell(_ done: DoneChange, _ file: StoredFile, _ form: DetailsForm) {
        Log.tell([("done", .string(done.rawValue)), ("what", .string(file.path.text)), ("account", JSONValue(form.account))], from: "app-info")
    }
}
