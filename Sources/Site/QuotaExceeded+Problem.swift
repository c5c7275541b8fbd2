// How an upload over its account's quota is refused.

import HTTP
import MediaStore
import Text

extension QuotaExceeded: ProblemConvertible {
    public func problem(failure: String) -> Problem { Problem(.forbidden, says: "Quota exceeded", detail: detail) }

    private var detail: String {
        switch self {
        case .files(let used, let limit):
            "The account has \(used.grouped) files, and its limit is \(limit.grouped); delete some, or ask the site's operator for more."
        case .bytes(let used, let more, let limit):
            "The account uses \(used.grouped) of \(limit.grouped) bytes, and the file has \(more.grouped); delete some files, or ask the site's operator "
                + "for more."
        }
    }
}
