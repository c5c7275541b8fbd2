// Generates passwords that are easy to read from a screen and to type.

import Crypto

/// Generates random passwords.
public enum RandomPassword {
    /// 20 characters of an alphabet of 32, 100 bits; no two characters of the alphabet look alike.
    public static func make() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        return String(decoding: RandomBytes.make(20).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }
}
