// Which number is wanted, and whether the operator tells it.

import Site

enum NumberForm {
    /// The operator tells none.
    case closed
    /// Not one that the operator listed.
    case unlisted
    case number(String)

    init(_ visit: Visit) {
        let pages = visit.settings.pages
        let listed = pages.publicNumbersList.split(separator: ",").map { $0.drop { $0 == " " } }
        if !pages.publicNumbers {
            self = .closed
        } else if let name = visit.query.all("show").last, listed.contains(where: { $0 == name }) {
            self = .number(name)
        } else {
            self = .unlisted
        }
    }
}
