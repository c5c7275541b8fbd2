// Why a setting cannot be changed.

import Text

/// A key is unknown, or a value is not allowed for its setting.
public enum SettingError: Error, Equatable, CustomStringConvertible {
    case unknownKey(String)
    case notAllowed(key: String, value: String, allowed: String)
    /// One entry of a list of addresses is none.
    case noAddress(key: String, entry: String)
    /// One entry is a pattern that web servers cannot follow.
    case noNetwork(key: String, entry: String)
    case tooManyAddresses(key: String, count: Int)
    /// A path in a folder that the site has for its own paths.
    case ownFolder(key: String, value: String, folder: String)
    /// A path with a folder whose name ends as that of a program or page, such as ".php".
    case programFolder(key: String, value: String, folder: String)

    public var description: String {
        switch self {
        case .unknownKey(let key): "there is no setting \"\(key)\": `imagebed settings list` shows them all"
        case .notAllowed(let key, let value, let allowed): "\(key) cannot be \"\(value)\": it is \(allowed)"
        case .noAddress(let key, let entry):
            "\(key) cannot hold \"\(entry)\": each entry is an address (192.0.2.7, 2001:db8::1), a network (192.0.2.0/24, 2001:db8::/32) or an "
                + "IPv4 address with * for digits (192.0.2.*), with commas between entries"
        case .noNetwork(let key, let entry):
            "\(key) cannot hold \"\(entry)\": the web server cannot follow it; write the addresses (192.0.2.7), a network (192.0.2.0/24), or * in "
                + "place of whole numbers at the end (192.0.2.*)"
        case .tooManyAddresses(let key, let count): "\(key) cannot hold \(count) entries: it takes \(AddressList.countLimit)"
        case .ownFolder(let key, let value, let folder):
            "\(key) cannot be \(value): the site has paths of its own below \(folder), so that links of new files would lead nowhere; take another, such as /i/"
        case .programFolder(let key, let value, let folder):
            "\(key) cannot be \(value): web servers take what is below \(folder) for a program or page and not for pictures; take another, such as /i/"
        }
    }
}
