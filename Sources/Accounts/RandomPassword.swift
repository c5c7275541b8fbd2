// A password that nobody chose, to be read off a screen and typed.

import Crypto

/// Makes passwords up.
public enum RandomPassword {
    /// 20 of 32 characters, 100 bits; none that looks like another.
    public static func make() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        return String(decoding: RandomBytes.make(20).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }
}
