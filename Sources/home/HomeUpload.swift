// Stores the files of the form one after the other. What was stored stays, whatever becomes of the next one, so a failure concerns its file
// alone.

import Accounts
import EasyImagesAPI
import HTTP
import Media
import Pages
import Responder
import Settings
import Site

/// What became of one file.
struct HomeResult {
    enum Outcome {
        case stored(FileLinks, isDuplicate: Bool, remarks: [String])
        case refused(FormRefusal)
        /// A failure of the server.
        case failed(Problem)
    }

    /// The file's name as sent.
    let name: String
    let outcome: Outcome

    /// nil unless it was stored.
    var links: FileLinks? { if case .stored(let links, _, _) = outcome { links } else { nil } }

    /// Whether it was there before.
    var isDuplicate: Bool { if case .stored(_, let isDuplicate, _) = outcome { isDuplicate } else { false } }

    /// For the log.
    var remarks: [String] { if case .stored(_, _, let remarks) = outcome { remarks } else { [] } }

    var isOverQuota: Bool { if case .refused(.quota) = outcome { true } else { false } }

    var failure: Problem? { if case .failed(let problem) = outcome { problem } else { nil } }
}

/// What became of a form.
struct HomeResults {
    let files: [HomeResult]
    /// Files that were not taken because they were too many.
    let surplus: Int
}

struct HomeUpload {
    private let visit: Visit
    private let links: FormLinks

    init(_ visit: Visit) throws { (self.visit, links) = (visit, FormLinks(try visit.settings)) }

    func results(of form: HomeForm) -> HomeResults {
        HomeResults(files: form.files.map { HomeResult(name: $0.name.text, outcome: outcome(of: $0, form)) }, surplus: form.surplus)
    }

    private func outcome(of file: HomeForm.File, _ form: HomeForm) -> HomeResult.Outcome {
        do {
            let picture = PictureForm(file.part, named: file.name, expires: form.expires)
            switch try FormUpload(picture, visit, .home, once: form.once).carryOut() {
            case .kept(let upload): return .stored(links(of: upload), isDuplicate: upload.isDuplicate, remarks: upload.remarks)
            case .refused(let refusal, _): return .refused(refusal)
            case .pieceKept: return .refused(.pieceKept)
            }
        } catch {
            let problem = Problem(error, failure: "Upload failed")
            if problem.status == .tooManyRequests {
                if let because = problem.because { Log.tell([("limit", .string(because))], from: "home") }
                return .failed(problem)
            }
            Log.fail("a file of the upload page's form was not stored: \(problem.because ?? problem.says)", from: "home")
            return .failed(problem)
        }
    }

    private func links(of upload: KeptUpload) -> FileLinks {
        FileLinks(url: links.picture(upload), name: upload.file.shownName, thumbnail: links.thumbnail(upload), deletion: links.deletion(upload),
                  isVideo: upload.file.type.kind == .video)
    }
}
