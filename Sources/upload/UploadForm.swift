// The upload form: files, `token` and `expires`. The files stream to disk; all other fields must be short.

import HTTP
import Media
import Site
import Text
import Time
import UploadPipeline

/// A received upload form.
struct UploadForm {
    /// The API key as a form field.
    let apiKey: String?
    /// When the files are to be gone; nil if they stay.
    let expiry: Expiry?
    /// Those in fields called `image` before those in fields called `file`, each in the order sent.
    private let received: [Result<ReceivedFile, any Error>]
    private let others: OtherParts

    /// Reads the form; the files are on disk afterwards.
    ///
    /// - Throws: `Problem`, `DiskError`.
    init(_ visit: Visit) throws {
        let service = try visit.uploadService
        let receiver = try service.receiver()
        var limits = MultipartLimits()
        limits.parts += service.fileLimit
        let reader = try MultipartReader(contentType: visit.request.contentType, body: visit.request.body, limits: limits)
        var (token, expires): (String?, String?)
        var files: [FileField: [Result<ReceivedFile, any Error>]] = [:]
        var others = OtherParts()
        while let part = try reader.nextPart() {
            if let name = part.fileName, let field = FileField(part.name) {
                switch try receiver.receive(named: ClientName(bytes: name), from: reader) {
                case .file(let file): files[field, default: []].append(.success(file))
                case .empty: others.hasEmptyFile = true
                case .tooLarge(let size): files[field, default: []].append(.failure(UploadRefusal.overSize(size, limit: receiver.sizeLimit)))
                }
                guard files.values.reduce(0, { $0 + $1.count }) <= service.fileLimit else { throw UploadForm.tooMany(service.fileLimit) }
            } else if part.fileName == nil, part.name == "token" {
                guard token == nil else { throw Problem.invalid("token", mustBe: "sent once") }
                token = try reader.readField()
            } else if part.fileName == nil, part.name == Expiry.field {
                guard expires == nil else { throw Problem.invalid(Expiry.field, mustBe: "sent once") }
                expires = try reader.readField()
            } else {
                others.add(part.name)
                if part.fileName == nil { _ = try reader.readField() }
            }
        }
        (apiKey, expiry, self.others) = (token, try Expiry.read(expires), others)
        received = FileField.allCases.flatMap { files[$0] ?? [] }
    }

    /// The files, at least one; one that is too large is an error in its place.
    ///
    /// - Throws: `Problem` 400 if none was sent, or an empty one.
    var files: [Result<ReceivedFile, any Error>] {
        get throws {
            guard received.isEmpty else { return received }
            throw Problem.noFile(others.detail)
        }
    }

    private static func tooMany(_ limit: Int) -> Problem {
        Problem(.badRequest, says: "Too many files", detail: "The form has more than \(limit.grouped) files, the most that this site takes in one form, "
            + "and none was stored; send the others in another one.")
    }
}

/// The fields that carry files: their names alone, with a number, or as those of a list (`image`, `file2`, `image[]`, `file[0]`).
private enum FileField: String, CaseIterable {
    case image, file

    init?(_ name: String) {
        guard let field = FileField.allCases.first(where: { name.hasPrefix($0.rawValue) }) else { return nil }
        let rest = name.dropFirst(field.rawValue.count)
        let number = rest.hasPrefix("[") && rest.hasSuffix("]") ? rest.dropFirst().dropLast() : rest
        guard number.utf8.allSatisfy(\.isDigit) else { return nil }
        self = field
    }
}

/// What else a form held, for the answer to one without a file.
private struct OtherParts {
    private var names: [String] = []
    var hasEmptyFile = false

    private static let shown = 5

    mutating func add(_ name: String) {
        if names.count < OtherParts.shown { names.append(Problem.excerpt(name)) }
    }

    var detail: String {
        if hasEmptyFile { return "The file in the form has 0 bytes, or none was chosen; send one that is not empty." }
        let seen = names.isEmpty ? "" : ", but \(names.joined(separator: ", "))"
        return "The form has no file in a field called image or file\(seen); send one there, as a part with a file name."
    }
}
