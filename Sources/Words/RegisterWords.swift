// The page on which somebody makes an account.

/// Texts of the registration page.
public struct RegisterWords: WordGroup {
    public let heading: String
    public let link: String
    public let signIn: String
    public let nameHelp: String
    public let approvalHelp: String
    public let submit: String
    public let closed: String
    public let waiting: String
    public let nameTaken: String
    public let badName: String
    public let tooManyWaiting: String
    public let foreign: String

    public static let zhCN = RegisterWords(
        heading: "注册", link: "注册新账号", signIn: "已有账号？登录", nameHelp: "1 到 64 个字母、数字和 . _ - @，以字母或数字开头",
        approvalHelp: "注册后要等待管理员批准", submit: "注册", closed: "本站没有开放注册，请联系管理员", waiting: "注册成功，等待管理员批准", nameTaken: "这个账号已经有人使用，请换一个",
        badName: "账号只能有字母、数字和 . _ - @，以字母或数字开头，最多 64 个", tooManyWaiting: "等待批准的账号太多，请过几天再试",
        foreign: "注册请求来自其他网站，请在本站注册")
    public static let zhTW = RegisterWords(
        heading: "註冊", link: "註冊新帳號", signIn: "已有帳號？登入", nameHelp: "1 到 64 個字母、數字和 . _ - @，以字母或數字開頭",
        approvalHelp: "註冊後要等待管理員審核", submit: "註冊", closed: "本站沒有開放註冊，請聯絡管理員", waiting: "註冊成功，等待管理員審核", nameTaken: "這個帳號已經有人使用，請換一個",
        badName: "帳號只能有字母、數字和 . _ - @，以字母或數字開頭，最多 64 個", tooManyWaiting: "等待審核的帳號太多，請過幾天再試",
        foreign: "註冊請求來自其他網站，請在本站註冊")
    public static let en = RegisterWords(
        heading: "Register", link: "Register a new account", signIn: "Have an account? Sign in", nameHelp: "1 to 64 letters, digits and . _ - @, a letter or digit first",
        approvalHelp: "An administrator approves each new account", submit: "Register",
        closed: "Registration is closed here, please ask the administrator",
        waiting: "Registered. An administrator has to approve the account", nameTaken: "This account name is taken, please choose another",
        badName: "An account name has letters, digits and . _ - @ only, a letter or digit first, at most 64",
        tooManyWaiting: "Too many accounts wait for approval, please try again in a few days",
        foreign: "This request came from another site, please register here")
}
