// Which statistic is requested, and whether the settings allow it.

import Site

enum NumberForm {
    /// The settings allow none.
    case closed
    /// The settings do not list this one.
    case unlisted
    /// - Parameter hours: how old the numbers may be.
    case number(String, hours: Int)

    init(_ visit: Visit) throws {
        let pages = try visit.settings.pages
        let listed = pages.publicNumbersList.split(separator: ",").map { $0.drop { $0 == " " } }
        if !pages.publicNumbers {
            self = .closed
        } else if let name = visit.query.all("show").last, listed.contains(where: { $0 == name }) {
            self = .number(name, hours: pages.numbersHours)
        } else {
            self = .unlisted
        }
    }
}
