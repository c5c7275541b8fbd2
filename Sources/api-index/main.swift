// /api/index.php, and /api/ for short: uploads from scripts with a token, in EasyImages' format.

import EasyImagesAPI
import Responder

serve("api-index", needsPictures: true, failure: "上传失败", dialect: .easyImagesAPI) { visit in
    let form = try PictureForm(visit, .api)
    return try FormReply(FormUpload(form, visit, .api).carryOut(), visit.settings)
}
