// /: the upload page. Its scripts send files to the documented upload paths; POST stores the files of its form where no scripts run.

import Pages
import Responder

serve("home", failure: "上传失败", dialect: .page) { visit in
    let frame = try visit.frame
    guard frame.settings.anonymousUpload || frame.visitor.name != nil else { return frame.signInRedirect(back: PageAddress(.home)) }
    guard visit.request.method == .post else { return HomeReply(frame) }
    let form = try HomeForm(visit)
    return HomeReply(frame, try HomeUpload(visit).results(of: form))
}
