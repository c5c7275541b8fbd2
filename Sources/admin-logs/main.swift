// GET /admin/logs.php: the logs of uploads and of attempts to sign in, as a page or, with format=csv, as a file.

import Pages
import Responder

serve("admin-logs", dialect: .page) { visit in
    _ = try visit.administrator
    let (form, service) = (LogForm(visit.query), LogService(site: visit.site))
    guard form.isFile else { return LogReply(log: try service.shown(form), form: form, frame: try visit.frame) }
    return LogFile(form: form, words: try visit.frame.words.logs) { try service.each(form, $0) }
}
