// A program goes on with a list at a place that it was told. The list's order and filters are part of the MAC's input: a cursor leads nowhere
// but in the list that it is of, and nobody can make one.

import Crypto
import Text

/// Makes and reads the `cursor` of `/api/v1/list.php`: 43 characters of the URL-safe base64 alphabet.
struct ListCursor {
    let secret: [UInt8]

    private static let macLength = 15

    func text(_ position: ListPosition, in list: ListRequest) -> String {
        Base64.encode(position.bytes + mac(position.bytes, list), .urlSafe)
    }

    /// nil if the text is not one of `text`, or is that of another list.
    func position(_ text: String, in list: ListRequest) -> ListPosition? {
        guard text.utf8.count == 43, let bytes = Base64.decode(text.utf8, .urlSafe, .canonical), bytes.count == 32 else { return nil }
        let place = Array(bytes.dropLast(ListCursor.macLength))
        guard ConstantTime.equal(mac(place, list), Array(bytes.suffix(ListCursor.macLength))) else { return nil }
        return ListPosition(place)
    }

    private func mac(_ place: [UInt8], _ list: ListRequest) -> [UInt8] {
        let which = "list \(list.order.rawValue) \(list.descending) \(list.kind?.rawValue ?? "-") \(list.owner ?? 0) \(list.search ?? "")"
        return Array(HMACSHA256.authenticate(place + which.utf8, key: secret).prefix(ListCursor.macLength))
    }
}
