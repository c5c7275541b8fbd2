// The query of a day's gallery. Only a valid date selects a folder.

import HTTP
import MediaStore
import Site
import Text
import Time

struct DayForm {
    let day: SiteDay
    let today: SiteDay
    /// Whether a day was requested that is not shown.
    let isElsewhere: Bool
    let request: DayRequest

    /// - Parameter oldest: the first day that this visitor sees; nil for all.
    init(_ visit: Visit, oldest: SiteDay?) throws {
        let (query, pages, today) = (visit.query, try visit.settings.pages, SiteDay.today)
        let wish = query.all("date").last.flatMap { $0.isEmpty ? nil : $0 }
        // Browsers' date fields send 2025-07-04.
        let named = wish.flatMap { SiteDay($0.replacing("-", with: "/")) }
        let isShown = named.map { day in oldest.map { day >= $0 } ?? true } ?? (wish == nil)
        self.today = today
        day = isShown ? named ?? today : today
        isElsewhere = !isShown
        request = DayRequest(
            day, fileExtension: DayForm.word(query.all("search").last).map { $0.lowercased() },
            descending: pages.newestFirst,
            limit: DayForm.word(query.all("num").last).flatMap { Int($0) } ?? pages.gallerySize,
            page: query.all("page").last.flatMap { Int($0) } ?? 1)
    }

    /// Keeps letters, digits and `_`; nil if none is left.
    private static func word(_ text: String?) -> String? {
        let kept = (text ?? "").utf8.prefix(64).filter(\.isWordByte)
        return kept.isEmpty ? nil : String(decoding: kept, as: UTF8.self)
    }
}
