// GET /app/info.php?img=…: the details of a file.

import Pages
import Responder

serve("app-info", dialect: .page) { visit in
    let form = try DetailsForm(visit)
    let details = try visit.site.details(form)
    return try DetailsReply(details, form, visit.frame)
}
