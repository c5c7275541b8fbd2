// Which file is meant, and whether it may be saved: a picture or video of the tree, and nothing else on the machine (trap 5), with one of the
// extensions that the operator lists.

import EasyImagesAPI
import HTTP
import Media
import Responder
import Settings
import Site

enum DownloadReply {
    static func response(to request: Request, _ site: Site) throws -> Response {
        guard !request.query.text.isEmpty else { return Response(.ok, text: "No file path") }
        guard let wish = request.query.all("dw").last ?? request.query.all("history").last else { return missing }
        let settings = try site.settings
        let path = Links(settings).storedPath(inAddress: wish, settings)
        guard let path, let picture = try site.picture(at: path) else {
            // What is no path of the tree is told by its extension alone, whether there is such a file or not.
            return path == nil && !isListed(wish, settings) ? refused : missing
        }
        guard isListed(path.name, settings) else { return refused }
        var response = try Response(sending: .upload(path), for: request, from: site)
        response.headers.set("Content-Type", picture.type.mime)
        response.headers.set("Content-Disposition", ContentDisposition.attachment(path.name))
        return response
    }

    private static var missing: Response { Response(.ok, text: "No File") }
    private static var refused: Response { Response(.ok, text: "Downfile Type Error") }

    /// Letter case counts, as it did.
    private static func isListed(_ name: String, _ settings: Settings) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        let fileExtension = name[name.utf8.index(after: dot)...]
        return settings.forms.downloadExtensions.split { $0 == "," || $0 == " " }.contains(fileExtension)
    }
}
