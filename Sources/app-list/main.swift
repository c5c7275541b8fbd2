// GET /app/list.php: the gallery over all days, or that of a day.

import FilePages
import Pages
import Responder

serve("app-list", dialect: .page) { visit in
    let frame = try visit.frame
    switch try GalleryForm(visit) {
    case .closed: return ClosedGallery(frame)
    case .day(let form): return try DayReply(visit.site.store.list(form.request), form, frame, DoneFiles(visit.query))
    case .parts(let form): return try FileListReply(visit.site.store.gallery(form.request, withMonths: form.showsMonths), form, frame, DoneFiles(visit.query))
    }
}
