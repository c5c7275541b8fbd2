// A change is checked before anything is written. What a setting may be its declaration says; which time zones there are, the machine.

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
        guard declaration.kind != .timeZone || TimeZoneFile.exists(value) else { throw UnknownTimeZone(key: key, name: value) }
    }
}

/// A time zone that this machine does not know.
public struct UnknownTimeZone: Error, CustomStringConvertible {
    public let key: String
    public let name: String

    public var description: String { "\(key) cannot be \(name): there is no \(TimeZoneFile.path(name)) (package tzdata)" }
}
