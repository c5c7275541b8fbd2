// What a form changed, as the address of the page says it to which the browser comes back.

import HTTP
import Pages
import Settings
import Text

struct SavedSettings: Equatable {
    /// How many settings were changed.
    let count: Int
    /// That of the first of them, whose part of the page is shown again; nil if none was changed.
    let group: SettingGroup?

    init(_ keys: [String]) {
        (count, group) = (keys.count, Settings.declarations.first { keys.contains($0.key) }?.group)
    }

    /// nil if the query tells of no form.
    init?(_ query: Query) {
        guard query.first("done") == "saved", let count = query.first("of").flatMap({ Int(digits: $0, in: 0...Settings.declarations.count) }) else { return nil }
        self.count = count
        group = query.first("in").flatMap { word in SettingGroup.allCases.first { $0.word == word } }
    }

    var address: PageAddress {
        PageAddress(.settings, [("done", "saved"), ("of", "\(count)")] + (group.map { [("in", $0.word)] } ?? []), part: group?.heading)
    }
}

extension SettingGroup {
    /// Its name in addresses.
    var word: String { "\(self)" }
    /// The identifier of its heading on the page.
    var heading: String { "group-\(word)" }
}
