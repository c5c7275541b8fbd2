// What a form changed, as the address of the page says it to which the browser comes back.

import HTTP
import Pages
import Settings
import Text

struct SavedSettings: Equatable {
    /// How many settings were changed.
    let count: Int
    /// The first of them, to which the browser comes back; nil if none was changed.
    let first: String?

    init(_ keys: [String]) {
        (count, first) = (keys.count, Settings.declarations.first { keys.contains($0.key) }?.key)
    }

    /// nil if the query tells of no form.
    init?(_ query: Query) {
        guard query.first("done") == "saved", let count = query.first("of").flatMap({ Int(digits: $0, in: 0...Settings.declarations.count) }) else { return nil }
        self.count = count
        first = query.first("at").flatMap(Settings.declaration)?.key
    }

    var address: PageAddress {
        PageAddress(.settings, [("done", "saved"), ("of", "\(count)")] + (first.map { [("at", $0)] } ?? []), part: first.map(SettingField.id))
    }
}

extension SettingGroup {
    /// The identifier of its heading on the page.
    var heading: String { "group-\(self)" }
}
