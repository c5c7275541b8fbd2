// The differences between the old upload paths: the checks in the order in which EasyImages makes them, and some messages and codes.

/// The checks of one upload path in order; the first that fails determines the response.
public struct UploadPolicy: Sendable {
    typealias Check = @Sendable (FormUpload) throws -> Void

    /// The name of the file's part, and of one that may contain a piece instead.
    let fileField: String
    let pieceField: String
    let checks: [Check]
    /// The message for an address that may not upload.
    let refusedAddress: String
    /// The code for an SVG with active content.
    let graphicCode: Int
    /// Whether responses contain the token's number.
    let tellsToken: Bool
    /// Whether responses tell that the file was there before, which EasyImages' do not.
    let tellsDuplicates: Bool

    /// `/api/index.php`: scripts with a token. Neither a required login nor the daily limit applies.
    public static let api = UploadPolicy(
        fileField: "image", pieceField: "file",
        checks: [
            { try $0.requireFile() },
            { try $0.refuseAddress() },
            { try $0.requireOpenAPI() },
            { try $0.requireToken() },
            { try $0.readExpiry() },
            { try $0.claimKey() },
            { try $0.keepToLimits() },
        ] + fileChecks,
        refusedAddress: "黑名单内或白名单外用户不允许上传", graphicCode: 205, tellsToken: true, tellsDuplicates: false)

    /// What every form asks of the file at last, in this order.
    private static let fileChecks: [Check] = [
        { try $0.collectPieces() },
        { try $0.refuseOverQuota() },
        { try $0.preparePicture() },
        { try $0.refuseBlockedFile() },
    ]

    /// `/app/upload.php`: the web page.
    public static let page = UploadPolicy(
        fileField: "file", pieceField: "file",
        checks: [
            { try $0.requireLogin() },
            { try $0.requireFile() },
            { try $0.requireSignature() },
            { try $0.refuseAddress() },
            { try $0.readExpiry() },
            { try $0.claimKey() },
            { try $0.refuseOverDailyLimit() },
            { try $0.keepToLimits() },
        ] + fileChecks,
        refusedAddress: "你不能上传任何文件", graphicCode: 406, tellsToken: false, tellsDuplicates: true)

    /// The form of the upload page, which proves by other means than a signature that it is the site's own.
    public static let home = UploadPolicy(
        fileField: "file", pieceField: "file",
        checks: [
            { try $0.requireLogin() },
            { try $0.requireFile() },
            { try $0.refuseAddress() },
            { try $0.readExpiry() },
            { try $0.claimKeyOfForm() },
            { try $0.refuseOverDailyLimit() },
            { try $0.keepToLimits() },
        ] + fileChecks,
        refusedAddress: page.refusedAddress, graphicCode: page.graphicCode, tellsToken: false, tellsDuplicates: true)

    /// A resumable upload of the web page: whoever continues it is known already, and it was counted when it began.
    static let resumable = UploadPolicy(
        fileField: "file", pieceField: "file",
        checks: [
            { try $0.refuseAddress() },
            { try $0.claimKey() },
            { try $0.refuseOverDailyLimit() },
        ] + fileChecks,
        refusedAddress: page.refusedAddress, graphicCode: page.graphicCode, tellsToken: false, tellsDuplicates: true)
}
