import Crypto
import Testing

@Suite struct PasswordHashTests {
    @Test func aPasswordVerifiesAndOthersDoNot() throws {
        let hash = try #require(PasswordHash.make("correct horse"))
        #expect(hash.text.hasPrefix("$y$"))
        #expect(PasswordHash(stored: hash.text).verify("correct horse"))
        for wrong in ["correct horsf", "correct hors", "Correct horse", "correct horse ", ""] {
            #expect(!hash.verify(wrong))
        }
    }

    @Test func saltsDiffer() {
        #expect(PasswordHash.make("same")?.text != PasswordHash.make("same")?.text)
    }

    // crypt(3) would end at the NUL and cut at its limit: both would let a different password in.
    @Test(arguments: ["", "a\0b", String(repeating: "x", count: 257)]) func whatCannotBeTakenWholeIsRefused(password: String) {
        #expect(PasswordHash.make(password) == nil)
    }

    @Test func theLongestPasswordCountsToItsLastByte() throws {
        let long = String(repeating: "x", count: PasswordHash.lengthLimit)
        let hash = try #require(PasswordHash.make(long))
        #expect(hash.verify(long) && !hash.verify(String(long.dropLast())))
    }

    @Test(arguments: ["", "*", "*0", "!", "plain", "$y$", "$y$j9T$", "$1$", "x"]) func damagedHashesMatchNothing(stored: String) {
        for password in ["x", "*0", "plain", "*"] { #expect(!PasswordHash(stored: stored).verify(password)) }
    }

    // Made by `openssl passwd -6 -salt saltstring "Hello world!"`.
    @Test func hashesOfOtherMethodsAreRead() {
        let sha512 = "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"
        #expect(PasswordHash(stored: sha512).verify("Hello world!"))
    }
}
