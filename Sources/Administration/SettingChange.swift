// A change is checked before anything is written. What a setting may be its declaration says; which time zones there are, the machine.

import Disk
import Settings

/// A value that a setting can have, in the form in which it is stored.
public struct SettingChange: Sendable {
    public let key: String
    public let value: String

    /// - Throws: `SettingError`; `UnknownTimeZone`.
    public init(_ key: String, _ text: String) throws {
        guard let declaration = Settings.declaration(of: key) else { throw SettingError.unknownKey(key) }
        var settings = Settings()
        try declaration.read(text, into: &settings)
        try declaration.check(text)
        self.key = key
        value = declaration.value(in: settings)
        guard declaration.kind != .timeZone || TimeZoneFile.exists(value) else {
            throw UnknownTimeZone(key: key, name: value, isThere: FileSystem.exists(TimeZoneFile.path(value)))
        }
    }
}

/// A time zone that this machine does not know.
public struct UnknownTimeZone: Error, CustomStringConvertible {
    public let key: String
    public let name: String
    /// Whether there is a file or folder of this name, which is no zone, such as `leapseconds`.
    let isThere: Bool

    public var description: String {
        let path = TimeZoneFile.path(name)
        return "\(key) cannot be \(name): " + (isThere ? "\(path) is no time zone (timedatectl list-timezones)" : "there is no \(path) (package tzdata)")
    }
}
