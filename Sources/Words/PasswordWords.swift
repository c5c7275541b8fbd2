// What is said of a new password, by the server and by password.js.

/// Texts about new passwords.
public struct PasswordWords: WordGroup {
    let lengthHelp: Template
    let badLength: Template
    public let isName: String
    public let isCommon: String
    public let badCharacter: String
    let strength: Template
    public let weak: String
    public let fair: String
    public let good: String
    public let strong: String

    public func help(_ length: ClosedRange<Int>) -> String { PasswordWords.fill(lengthHelp, length) }
    public func badLength(_ length: ClosedRange<Int>) -> String { PasswordWords.fill(badLength, length) }
    public func strength(_ word: String) -> String { strength.filled(["strength": word]) }

    private static func fill(_ text: Template, _ length: ClosedRange<Int>) -> String {
        text.filled(["least": "\(length.lowerBound)", "most": "\(length.upperBound)"])
    }

    public static let zhCN = PasswordWords(
        lengthHelp: "{least} 到 {most} 个字符", badLength: "密码要有 {least} 到 {most} 个字符", isName: "密码不能和账号相同",
        isCommon: "这个密码太常见，会最先被猜到，请换一个", badCharacter: "密码里有不能使用的字符", strength: "密码强度：{strength}",
        weak: "弱", fair: "一般", good: "好", strong: "强")
    public static let zhTW = PasswordWords(
        lengthHelp: "{least} 到 {most} 個字元", badLength: "密碼要有 {least} 到 {most} 個字元", isName: "密碼不能和帳號相同",
        isCommon: "這個密碼太常見，會最先被猜到，請換一個", badCharacter: "密碼裡有不能使用的字元", strength: "密碼強度：{strength}",
        weak: "弱", fair: "普通", good: "好", strong: "強")
    public static let en = PasswordWords(
        lengthHelp: "{least} to {most} characters", badLength: "A password has {least} to {most} characters",
        isName: "The account's name is no password", isCommon: "This password is one of the most common, which are tried first: choose another",
        badCharacter: "The password has a character that cannot be used", strength: "Strength of the password: {strength}",
        weak: "weak", fair: "fair", good: "good", strong: "strong")
}
