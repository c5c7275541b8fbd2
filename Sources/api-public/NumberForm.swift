// Which statistic is requested, and whether the settings allow it.

import Site

enum NumberForm {
    /// The settings allow none.
    case closed
    /// The settings do not list this one.
    case unlisted
    case number(String)

    init(_ visit: Visit) throws {
        let pages = try visit.settings.pages
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
