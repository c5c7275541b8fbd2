// The answer to a deletion, in the fields of both families of clients: the API page's first, then EasyImages' own.

import House
import JSONText
import MediaStore

struct DeleteReply {
    let json: JSONValue

    init(_ file: StoredFile, _ links: Links) {
        json = [
            "result": "success", "code": 200, "message": "File deleted successfully", "msg": "删除成功", "type": "success",
            "icon": "ok-sign", "mode": "delete", "url": .string(links.uploads + file.path.text),
        ]
    }
}
