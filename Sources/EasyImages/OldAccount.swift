// The accounts of an EasyImages site: admin, uploaders and tokens, from its files.

import Text

/// The admin or an uploader.
public struct OldAccount: Sendable, Equatable {
    public let name: String
    /// As stored: the hexadecimal SHA-256 of the password since 2.7.6, its MD5 before.
    public let password: String
    public let isAdmin: Bool
    /// Seconds since 1970; nil for no expiry.
    public let expiresAt: Int?

    /// The only account in `config.php`.
    public static func admin(of config: OldConfig) -> OldAccount {
        OldAccount(name: config.value("user").string, password: config.value("password").string, isAdmin: true, expiresAt: nil)
    }

    /// The accounts in `config.guest.php`. One without an expiry time has expired, as in PHP.
    public static func uploaders(_ array: PHPArray) -> [OldAccount] {
        array.items.map { item in
            let fields = item.value.array ?? PHPArray()
            return OldAccount(name: item.key.description, password: fields["password"]?.string ?? "", isAdmin: false,
                              expiresAt: fields["expired"]?.number ?? 0)
        }
    }

    /// Before 2.7.6 a password was stored as its MD5; the current login cannot verify it.
    public var hasMD5Password: Bool { password.utf8.count == 32 && password.utf8.allSatisfy(\.isWordByte) }
}

/// A token of `api_key.php`.
public struct OldToken: Sendable, Equatable {
    public let text: String
    /// The number shown in answers and used in folder names.
    public let id: Int
    /// Seconds since 1970, valid until then; nil for no expiry.
    public let expiresAt: Int?
    public let addedAt: Int?

    /// The tokens of a file; before 2.5.4 a list of tokens without expiry.
    public static func all(_ array: PHPArray) -> [OldToken] {
        array.items.map { item in
            guard let fields = item.value.array else {
                return OldToken(text: item.value.string, id: item.key.integer ?? 0, expiresAt: nil, addedAt: nil)
            }
            return OldToken(text: item.key.description, id: fields["id"]?.number ?? 0, expiresAt: fields["expired"]?.number ?? 0,
                            addedAt: fields["add_time"]?.number)
        }
    }

    /// Forms remove all other characters before they look a token up, so a token that contains others never matched.
    public var canMatch: Bool { !text.isEmpty && text.utf8.count <= 256 && text.utf8.allSatisfy(\.isWordByte) }
}

/// Default secrets of EasyImages, which are public.
public enum PublicSecrets {
    /// Default tokens, valid on every site whose operator did not remove them. The second default token had expired before the release.
    public static let tokens: Set<String> = ["1c17b11693cb5ec63859b091c5b9c1b2"]

    /// The stored hashes of `admin@123` and `guest`.
    public static let passwords: Set<String> = [
        "7676aaafb027c825bd9abab78b234070e702752f625b752e55e55b48e607e358",
        "84983c60f7daadc1cb8698621f802c0d9f9a3c3c295c810748fb048115c186ec",
    ]

    public static let hideKey = "EasyImage2.0"
}
