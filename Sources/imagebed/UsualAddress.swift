// The base URL that the installer sets. It is recorded in the data folder, so that a later installation can tell it from one set by the
// operator, which is never changed.

import Administration
import Disk
import Settings
import Site

enum UsualAddress {
    /// Sets the base URL if the site is new, or if it still has the one that was set before.
    static func give(_ address: SettingChange, to site: Site, isNew: Bool) throws {
        let current = try site.settings.baseURL
        guard isNew || [address.value, BaseURL.unset.text, given(site.data)].contains(current.text) else { return }
        if current.text != address.value { try Administration(site).change([address]) }
        guard given(site.data) != address.value else { return }
        try Folder(site.data.path).replace(DataFolder.usualAddressName, with: Array("\(address.value)\n".utf8), mode: 0o644)
    }

    /// The base URL that was set before.
    static func given(_ data: DataFolder) -> String? {
        guard let bytes = try? Folder(data.path).bytes(of: DataFolder.usualAddressName, limit: 65_536) else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }
}
