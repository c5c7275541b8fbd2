// A file that a responder names and the web server sends. nginx takes an internal URL (X-Accel-Redirect), Apache with
// mod_xsendfile an absolute path; a server that knows neither gets the bytes.

import Disk
import HTTP
import Media
import Process
import Site

/// A file below one of the folders that the web server can read.
public enum WebServerFile {
    /// Below `thumbs/`.
    case thumbnail(String)
    /// Below `uploads/`.
    case upload(StoredPath)
}

extension Response {
    /// Hands a file over to the web server that sent `request`.
    public init(sending file: WebServerFile, for request: Request, from site: Site) throws {
        let (location, folder, path): (String, String, String) = switch file {
        case .thumbnail(let path): ("/_imagebed/thumbs/", site.data.thumbnails, path)
        case .upload(let stored): ("/_imagebed/uploads/", site.data.uploads, stored.text)
        }
        self.init(.ok)
        switch request.parameters["SENDFILE_HEADER"] {
        case "X-Accel-Redirect": headers.set("X-Accel-Redirect", location + (StoredPath(path)?.encoded ?? path))
        case "X-Sendfile": headers.set("X-Sendfile", "\(folder)/\(path)")
        default: try send(Folder(folder).file(path))
        }
        if let type = path.split(separator: ".").last.flatMap({ MediaType(fileExtension: String($0)) }) {
            headers.set("Content-Type", type.mime)
        }
        headers.set("X-Content-Type-Options", "nosniff")
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    }
}

extension Response {
    /// The picture "404", for whoever expects a picture: `404.png` of the folder that `IMAGEBED_HTDOCS` names.
    public static func missingPicture(status: Status) -> Response {
        var response = Response(status)
        response.headers.set("Content-Type", "image/png")
        response.headers.set("Cache-Control", "no-store")
        if let folder = Environment["IMAGEBED_HTDOCS"], let file = try? Folder(folder).file("404.png") {
            response.send(file)
        }
        return response
    }

    /// The bytes of a file as the body.
    mutating func send(_ file: File) {
        headers.set("Content-Length", "\(file.size)")
        body = .stream { write in try file.forEachPiece(write) }
    }
}
