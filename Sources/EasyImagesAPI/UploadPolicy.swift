// The two old upload paths are the same but for what stands here: the list of checks in the order in which EasyImages makes them, and
// the few words and numbers in which they differ.

/// What one upload path asks, in order; the first check that fails answers.
public struct UploadPolicy: Sendable {
    typealias Check = @Sendable (FormUpload) throws -> Void

    /// The part that holds the file, and the one that may hold a piece of it.
    let fileField: String
    let pieceField: String
    let checks: [Check]
    /// The sentence for an address that may not upload.
    let refusedAddress: String
    /// The code for a vector graphic that does something.
    let graphicCode: Int
    /// Whether answers name the token's number.
    let tellsToken: Bool

    /// `/api/index.php`: scripts with a token. Neither the login nor the daily limit counts here.
    public static let api = UploadPolicy(
        fileField: "image", pieceField: "file",
        checks: [
            { try $0.requireFile() },
            { try $0.refuseAddress() },
            { try $0.requireOpenAPI() },
            { try $0.requireToken() },
            { try $0.collectPieces() },
            { try $0.preparePicture() },
            { try $0.refuseBlockedFile() },
        ],
        refusedAddress: "黑名单内或白名单外用户不允许上传", graphicCode: 205, tellsToken: true)

    /// `/app/upload.php`: the web page.
    public static let page = UploadPolicy(
        fileField: "file", pieceField: "file",
        checks: [
            { try $0.requireLogin() },
            { try $0.requireFile() },
            { try $0.requireSignature() },
            { try $0.refuseAddress() },
            { try $0.refuseOverDailyLimit() },
            { try $0.collectPieces() },
            { try $0.preparePicture() },
            { try $0.refuseBlockedFile() },
        ],
        refusedAddress: "你不能上传任何文件", graphicCode: 406, tellsToken: false)
}
