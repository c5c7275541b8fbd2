// A new value is checked more strictly than a stored one is read: a former version may have taken it, and the site goes on working by it.

import Paths

extension Declaration {
    /// What cannot be in a new value, though it is read in a stored one.
    ///
    /// - Throws: `SettingError.noAddress`, `.noNetwork`, `.tooManyAddresses`, `.ownFolder`, `.programFolder`.
    public func check(_ value: String) throws(SettingError) {
        switch kind {
        case .addresses: try checkAddresses(value)
        case .folderURL: try checkFolder(value)
        default: break
        }
    }

    /// In a folder of the site's own, web servers would look for a path of the site and not for a stored file.
    private func checkFolder(_ value: String) throws(SettingError) {
        guard value != initial else { return }
        if let folder = OwnFolder.around(value) { throw .ownFolder(key: key, value: value, folder: folder) }
        if let folder = OwnFolder.ofProgram(in: value) { throw .programFolder(key: key, value: value, folder: folder) }
    }
}
