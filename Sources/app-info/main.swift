// /app/info.php?img=…: the details of a file. POST gives it another name, or replaces it.

import Pages
import Responder

serve("app-info", dialect: .page) { visit in
    let form = try DetailsForm(visit)
    switch try visit.site.carryOut(form) {
    case .done(let change, let remarks): return try DetailsReply(change, remarks, form, visit.frame)
    case .nothing: return try DetailsReply(visit.site.details(form), form, nil, visit.frame)
    case .refused(let refusal): return try DetailsReply(visit.site.details(form), form, refusal, visit.frame)
    case .noFile: return try DetailsReply(.noFile, form, nil, visit.frame)
    }
}
