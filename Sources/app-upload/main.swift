// /app/upload.php: uploads from the web page, in EasyImages' format.

import EasyImagesAPI
import Responder

serve("app-upload", needsPictures: true, failure: "上传失败", dialect: .easyImagesForm) { visit in
    let form = try PictureForm(visit, .page)
    return try FormReply(FormUpload(form, visit, .page).carryOut(), visit.settings)
}
