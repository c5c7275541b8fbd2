// /user/json.php: an account's JSON files with versions, differences, conflicts and devices; POST resolves a conflict, deletes a file, and
// renames or removes a device.

import Pages
import Responder

serve("user-json", dialect: .page) { visit in
    let account = try visit.ownAccount
    let service = JSONService(visit, account)
    switch try JSONForm(visit) {
    case .look(let view): return try JSONReply(service.find(view), visit.frame)
    case .act(let wish): return try JSONReply(service.carryOut(wish), visit.frame)
    }
}
