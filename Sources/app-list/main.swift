// GET /app/list.php: the gallery of a day.

import HTTP
import Pages
import Responder

serve("app-list", methods: [.get, .head], dialect: .page) { request, house in
    let settings = try house.settings
    let visitor = try Visitor(request, house)
    guard settings.publicList || visitor.isAdmin else { return GalleryPage.closed(settings) }
    let form = GalleryForm(request.query, settings, isAdmin: visitor.isAdmin)
    return try GalleryPage(form, house.store.list(form.request), settings, visitor).response
}
