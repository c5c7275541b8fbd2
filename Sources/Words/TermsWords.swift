// The page around the operator's terms of use.

/// Texts of the terms page.
public struct TermsWords: WordGroup {
    public let heading: String
    public let none: String

    // What the replaced page says; clients compare it.
    public static let zhCN = TermsWords(heading: "使用条款", none: "Terms not set!")
    public static let zhTW = TermsWords(heading: "使用條款", none: "尚未設定使用條款")
    public static let en = TermsWords(heading: "Terms of use", none: "There are no terms of use yet")
}
