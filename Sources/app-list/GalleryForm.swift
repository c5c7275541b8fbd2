// What the query of the gallery asks for. The words of the replaced page name a day; without them the list goes over all days.

import FilePages
import HTTP
import MediaStore
import Pages
import Site
import Text
import Time

enum GalleryForm {
    /// The settings do not allow this visitor to see it.
    case closed
    case day(DayForm)
    case parts(FileListForm)

    init(_ visit: Visit) throws {
        let visitor = try Visitor(visit)
        guard try visitor.seesGallery(visit.settings) else {
            self = .closed
            return
        }
        let oldest = try visitor.isAdmin ? nil : SiteDay.today.moved(by: -visit.settings.pages.galleryDays)
        self = try GalleryForm.isOfADay(visit.query) ? .day(DayForm(visit, oldest: oldest)) : .parts(FileListForm(visit.query, at: .gallery, oldest: oldest))
    }

    /// Whether the query has a word that only a day's list has.
    private static func isOfADay(_ query: Query) -> Bool {
        ["date", "search", "num", "page"].contains { query.all($0).last?.isEmpty == false }
    }
}
