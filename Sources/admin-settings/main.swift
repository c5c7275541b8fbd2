// /admin/settings.php: the site's settings, for administrators.

import Pages
import Responder

serve("admin-settings", dialect: .page) { visit in
    try visit.require(\.pages.showsSettings)
    let (account, frame) = (try visit.administrator, try visit.frame)
    let form = try SettingsForm(visit)
    return SettingsReply(try SettingsService(visit, account).carryOut(form), frame, only: form.only)
}
