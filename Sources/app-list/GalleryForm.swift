// The query of the gallery. Only a valid date selects a folder.

import HTTP
import MediaStore
import Pages
import Site
import Text
import Time

struct GalleryForm {
    /// Whether the settings allow this visitor to see the gallery.
    let isAllowed: Bool
    let day: SiteDay
    let today: SiteDay
    /// Whether a day was requested that is not shown.
    let isElsewhere: Bool
    let request: DayRequest

    /// Administrators see every day, visitors those of the setting `gallery_days`.
    init(_ visit: Visit) throws {
        let (query, pages, today) = (visit.query, try visit.settings.pages, SiteDay.today)
        let visitor = try Visitor(visit), isAdmin = visitor.isAdmin
        isAllowed = try visitor.seesGallery(visit.settings)
        let wish = query.all("date").last.flatMap { $0.isEmpty ? nil : $0 }
        // Browsers' date fields send 2025-07-04.
        let named = wish.flatMap { SiteDay($0.replacing("-", with: "/")) }
        let oldest = today.moved(by: -pages.galleryDays)
        let isShown = named.map { isAdmin || $0 >= oldest } ?? (wish == nil)
        self.today = today
        day = isShown ? named ?? today : today
        isElsewhere = !isShown
        request = DayRequest(
            day, fileExtension: GalleryForm.word(query.all("search").last).map { $0.lowercased() },
            descending: pages.newestFirst,
            limit: GalleryForm.word(query.all("num").last).flatMap { Int($0) } ?? pages.gallerySize,
            page: query.all("page").last.flatMap { Int($0) } ?? 1)
    }

    /// Keeps letters, digits and `_`; nil if none is left.
    private static func word(_ text: String?) -> String? {
        let kept = (text ?? "").utf8.prefix(64).filter(\.isWordByte)
        return kept.isEmpty ? nil : String(decoding: kept, as: UTF8.self)
    }
}
