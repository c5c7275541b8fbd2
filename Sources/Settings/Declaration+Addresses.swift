// Lists of addresses are read with their invalid entries, which match nobody: were a stored list of a former version refused for one of
// them, all the others would count no longer, and whoever was kept out would be let in. A new list is checked.

import Text

extension Declaration {
    /// - Throws: `SettingError.noAddress`, `.noNetwork`, `.tooManyAddresses`.
    func checkAddresses(_ value: String) throws(SettingError) {
        let words = AddressList.words(of: value)
        guard words.count <= AddressList.countLimit else { throw .tooManyAddresses(key: key, count: words.count) }
        for word in words {
            guard let entry = AddressEntry(word) else { throw .noAddress(key: key, entry: SettingKind.shown(word)) }
            // Whom the programs believe, the web server has to believe too (`AddressList.networks`).
            if Settings.keysOfTheWebServer.contains(key), entry.network == nil { throw .noNetwork(key: key, entry: word) }
        }
    }
}

extension SettingKind {
    /// The valid entries of a list of addresses, as many as it may have.
    public static func addresses(in text: String) -> [String] {
        Array(AddressList.words(of: text).filter { AddressEntry($0) != nil }.prefix(AddressList.countLimit))
    }

    /// The others, as messages show them.
    public static func noAddresses(in text: String) -> [String] {
        AddressList.words(of: text).filter { AddressEntry($0) == nil }.map(shown)
    }

    /// The longest address has 45 characters.
    fileprivate static func shown(_ entry: String) -> String { entry.count <= 60 ? entry : entry.prefix(60) + "…" }
}
