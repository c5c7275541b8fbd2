// Passwords are stored in the format of crypt(3), so that other programs can verify them, and a later libcrypt
// can add a better method without a change here: the hash contains method and cost.

internal import CCrypto
import Glibc

/// A password under a slow salted hash (crypt(5)).
public struct PasswordHash: Sendable {
    /// As stored: `$y$j9T$salt$hash`.
    public let text: String

    /// From a stored hash.
    public init(stored text: String) { self.text = text }

    /// yescrypt at Debian's default cost: about 50 ms and 16 MB (freed at once) on one core of a small server.
    static let cost: UInt = 5
    /// crypt(3) reads up to 511 bytes and stops at NUL; longer passwords are rejected instead of truncated.
    public static let lengthLimit = 256

    /// Hashes a password with a new salt.
    ///
    /// - Returns: nil for a password that crypt(3) cannot read completely: empty, over `lengthLimit` bytes, or with a NUL.
    public static func make(_ password: String) -> PasswordHash? {
        guard let setting = newSetting(), let hash = crypt(password, setting) else { return nil }
        return PasswordHash(stored: hash)
    }

    /// Whether `password` is the one that was hashed.
    public func verify(_ password: String) -> Bool {
        guard let hash = PasswordHash.crypt(password, text) else { return false }
        return ConstantTime.equal(Array(hash.utf8), Array(text.utf8))
    }

    private static func newSetting() -> String? {
        let salt = RandomBytes.make(32).map(CChar.init(bitPattern:))
        var setting = [CChar](repeating: 0, count: Int(imagebed_crypt_output_size))
        guard crypt_gensalt_rn("$y$", cost, salt, Int32(salt.count), &setting, Int32(setting.count)) != nil else { return nil }
        return setting.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    private static func crypt(_ password: String, _ setting: String) -> String? {
        guard (1...lengthLimit).contains(password.utf8.count), !password.utf8.contains(0) else { return nil }
        let size = Int(imagebed_crypt_data_size())
        let room = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        room.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        defer { room.deallocate() }
        var hash = [CChar](repeating: 0, count: Int(imagebed_crypt_output_size))
        guard imagebed_crypt(password, setting, room, Int32(size), &hash) == 0 else { return nil }
        return hash.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }
}
