// Why a text is no JSON. The names of the reasons are those of `JSONRefusal.Reason` and of json.js; conflict.js says them too.

/// Texts of the editor for JSON.
public struct JSONErrorWords: WordGroup {
    public let jsonPlace: Template
    public let jsonValid: String
    public let goToError: String
    let empty: String
    let byteOrderMark: String
    let unexpectedByte: String
    let unexpectedEnd: String
    let trailingText: String
    let badNumber: String
    let badEscape: String
    let controlCharacter: String
    let badUTF8: String
    let loneSurrogate: String
    let duplicateKey: String
    let tooDeep: String
    let tooLong: String

    /// - Parameter reason: its name; what the others say is said of a byte that cannot stand there.
    public func error(_ reason: String, line: Int, column: Int) -> String {
        let text = entries.first { $0.name == reason }?.text ?? unexpectedByte
        return jsonPlace.filled(["line": "\(line)", "column": "\(column)", "reason": text])
    }

    public static let zhCN = JSONErrorWords(
        jsonPlace: "第 {line} 行，第 {column} 列：{reason}", jsonValid: "JSON 正确", goToError: "到错误处", empty: "没有内容", byteOrderMark: "开头有字节顺序标记（BOM），请去掉",
        unexpectedByte: "这里不能是这个字符", unexpectedEnd: "内容不完整", trailingText: "内容之后还有别的文字", badNumber: "不是 JSON 的数字", badEscape: "不是有效的转义", controlCharacter: "字符串里的控制字符必须转义",
        badUTF8: "不是有效的 UTF-8", loneSurrogate: "单独的代理项", duplicateKey: "同一个对象里键重复", tooDeep: "嵌套超过 512 层", tooLong: "内容太长")
    public static let zhTW = JSONErrorWords(
        jsonPlace: "第 {line} 行，第 {column} 欄：{reason}", jsonValid: "JSON 正確", goToError: "到錯誤處", empty: "沒有內容", byteOrderMark: "開頭有位元組順序記號（BOM），請去掉",
        unexpectedByte: "這裡不能是這個字元", unexpectedEnd: "內容不完整", trailingText: "內容之後還有別的文字", badNumber: "不是 JSON 的數字", badEscape: "不是有效的逸出字元", controlCharacter: "字串裡的控制字元必須逸出",
        badUTF8: "不是有效的 UTF-8", loneSurrogate: "單獨的代理項", duplicateKey: "同一個物件裡鍵重複", tooDeep: "巢狀超過 512 層", tooLong: "內容太長")
    public static let en = JSONErrorWords(
        jsonPlace: "Line {line}, column {column}: {reason}", jsonValid: "Valid JSON", goToError: "Go to the error", empty: "there is nothing",
        byteOrderMark: "remove the byte order mark at the beginning", unexpectedByte: "this character cannot stand here", unexpectedEnd: "the text ends too early",
        trailingText: "there is more text behind the value", badNumber: "this is no number of JSON", badEscape: "this is no escape",
        controlCharacter: "a control character in a string must be escaped", badUTF8: "this is no UTF-8", loneSurrogate: "a surrogate stands alone",
        duplicateKey: "this key occurs twice in one object", tooDeep: "more than 512 levels", tooLong: "the text is too long")
}
