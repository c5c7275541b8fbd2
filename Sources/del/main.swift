// GET /application/del.php?hash=…: moves the file that a delete link names to the recycle bin.

import House
import HTTP
import Responder

serve("del", methods: [.get, .head, .post]) { request, house in
    let form = DeleteForm(request)
    guard form.isMeant else { return Response(.ok) }
    guard let file = try house.store.delete(token: form.token) else { throw Problem(.notFound, says: "File not found") }
    return try Response(.ok, json: DeleteReply(file, Links(house.settings)).json)
}
