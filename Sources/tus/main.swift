// /api/v1/tus.php: resumable uploads. OPTIONS tells what is supported, POST begins an upload, HEAD tells its offset, PATCH appends to it, DELETE
// removes it, and GET tells its outcome.

import Responder
import UploadAPI

serve("tus", needsPictures: true, failure: "Upload failed", dialect: .tus) { visit in
    let form = try TusForm(visit.request)
    let service = TusService(visit)
    return TusReply(try service.carryOut(form), try visit.links, remarks: service.remarks)
}
