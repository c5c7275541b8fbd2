// The sign-in page. The Chinese sentences are those of the page that it replaced, because scripts compare them.

/// Texts of the sign-in page.
public struct SignInWords: WordGroup {
    public let heading: String
    public let name: String
    public let password: String
    public let code: String
    public let submit: String
    public let signOut: String
    public let backHome: String
    public let forgotten: String
    public let forgottenHelp: String

    public let please: String
    public let ended: String
    public let greetingOfAdmin: String
    let greetingOfUser: Template
    public let welcomeOfAdmin: String
    let welcomeOfUser: Template
    public let signedOut: String
    public let notSignedIn: String
    public let foreignSignIn: String
    public let foreignSignOut: String
    let tooManyTries: Template
    public let codeMissing: String
    public let codeWrong: String
    let accountExpired: Template
    public let wrong: String
    public let waiting: String

    // A form whose session had ended when it was sent
    public let formKept: String
    public let formNotKept: String
    public let formWaits: String
    public let sendForm: String
    public let leaveForm: String

    public func greeting(of name: String) -> String { greetingOfUser.filled(["name": name]) }
    public func welcome(to name: String) -> String { welcomeOfUser.filled(["name": name]) }
    public func expired(_ name: String) -> String { accountExpired.filled(["name": name]) }
    public func tooMany(seconds: Int) -> String { tooManyTries.filled(["seconds": "\(seconds)"]) }

    public static let zhCN = SignInWords(
        heading: "登录", name: "账号", password: "密码", code: "验证码", submit: "登录", signOut: "退出登录", backHome: "返回首页",
        forgotten: "忘记密码？", forgottenHelp: "请联系管理员，由管理员设置新密码。",
        please: "请登录", ended: "登录已过期,请重新登录", greetingOfAdmin: "尊敬的管理员", greetingOfUser: "{name}用户已登录",
        welcomeOfAdmin: "管理员登录成功", welcomeOfUser: "{name}用户登录成功", signedOut: "退出成功", notSignedIn: "尚未登录",
        foreignSignIn: "登录请求来自其他网站, 请在本站登录", foreignSignOut: "退出请求来自其他网站, 请在本站退出",
        tooManyTries: "尝试次数过多, 请在 {seconds} 秒后重试", codeMissing: "请填写验证码!", codeWrong: "验证码错误!",
        accountExpired: "{name}账号已过期", wrong: "账号或密码错误", waiting: "账号正在等待管理员批准",
        formKept: "登录后可以接着发送，刚才填写的内容还在。", formNotKept: "登录后请重新填写：密码、密钥、文件和很长的内容不会保留。",
        formWaits: "已登录。刚才的表单还没有发送。", sendForm: "发送", leaveForm: "不发送")
    public static let zhTW = SignInWords(
        heading: "登入", name: "帳號", password: "密碼", code: "驗證碼", submit: "登入", signOut: "登出", backHome: "返回首頁",
        forgotten: "忘記密碼？", forgottenHelp: "請聯絡管理員，由管理員設定新密碼。",
        please: "請登入", ended: "登入已過期，請重新登入", greetingOfAdmin: "管理員，您好", greetingOfUser: "使用者 {name} 已登入",
        welcomeOfAdmin: "管理員登入成功", welcomeOfUser: "使用者 {name} 登入成功", signedOut: "登出成功", notSignedIn: "尚未登入",
        foreignSignIn: "登入請求來自其他網站，請在本站登入", foreignSignOut: "登出請求來自其他網站，請在本站登出",
        tooManyTries: "嘗試次數過多，請在 {seconds} 秒後重試", codeMissing: "請填寫驗證碼", codeWrong: "驗證碼錯誤",
        accountExpired: "帳號 {name} 已過期", wrong: "帳號或密碼錯誤", waiting: "帳號正在等待管理員審核",
        formKept: "登入後可以接著傳送，剛才填寫的內容還在。", formNotKept: "登入後請重新填寫：密碼、金鑰、檔案和很長的內容不會保留。",
        formWaits: "已登入。剛才的表單還沒有傳送。", sendForm: "傳送", leaveForm: "不傳送")
    public static let en = SignInWords(
        heading: "Sign in", name: "Account", password: "Password", code: "Text of the picture", submit: "Sign in", signOut: "Sign out",
        backHome: "Back to the upload page", forgotten: "Forgot password?",
        forgottenHelp: "Ask the administrator, who can set a new one.",
        please: "Please sign in", ended: "Your session has ended, please sign in again", greetingOfAdmin: "Welcome, administrator",
        greetingOfUser: "{name} is signed in", welcomeOfAdmin: "Signed in as administrator", welcomeOfUser: "Signed in as {name}",
        signedOut: "Signed out", notSignedIn: "Not signed in",
        foreignSignIn: "This request came from another site, please sign in here",
        foreignSignOut: "This request came from another site, please sign out here",
        tooManyTries: "Too many attempts, please try again in {seconds} seconds", codeMissing: "Please enter the text of the picture",
        codeWrong: "The text of the picture is wrong", accountExpired: "The account {name} has expired", wrong: "Wrong account or password",
        waiting: "This account waits for an administrator to approve it",
        formKept: "Once you have signed in you can send the form; what you entered is still there.",
        formNotKept: "Please fill in the form again once you have signed in: passwords, keys, files and very long texts are not kept.",
        formWaits: "You are signed in. The form has not been sent yet.", sendForm: "Send it", leaveForm: "Do not send it")
}
