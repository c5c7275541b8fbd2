// The response to a form: that of its first file. If it held several, `files` has the responses of all, in the order of the form.

import HTTP
import JSONText
import Site

/// The response to the files of one form.
public struct UploadsReply: Reply {
    public let response: Response

    /// - Parameter outcomes: at least one.
    /// - Throws: the error of a file that came alone.
    public init(_ outcomes: [Result<Upload, any Error>], _ links: Links) throws {
        guard outcomes.count > 1 else {
            response = UploadReply(try outcomes[0].get(), links).response
            return
        }
        let answers = outcomes.map { outcome in outcome.map { UploadReply($0, links) }.mapError { Problem($0, failure: UploadsReply.failure) } }
        let files = ("files", JSONValue.array(answers.map { .object(UploadsReply.members($0)) }))
        let first = switch answers[0] {
        case .success(let reply): Response(.ok, json: .object(reply.members + [files]))
        case .failure(let problem): Response(telling: problem.with([files]))
        }
        response = first.remarking(answers.enumerated().flatMap { UploadsReply.remarks($0.offset, $0.element) })
    }

    private static let failure = "Upload failed"

    private static func members(_ answer: Result<UploadReply, Problem>) -> [(String, JSONValue)] {
        switch answer {
        case .success(let reply): reply.members
        case .failure(let problem): problem.members
        }
    }

    /// The error of the first file is logged as that of the request.
    private static func remarks(_ place: Int, _ answer: Result<UploadReply, Problem>) -> [String] {
        switch answer {
        case .success(let reply): reply.remarks
        case .failure(let problem):
            place == 0 ? [] : problem.because.map { ["file \(place + 1) of the form was not stored (\(problem.says)): \($0)"] } ?? []
        }
    }
}
