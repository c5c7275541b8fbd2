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

/// How files are handed over to the web server that sent a request.
public struct FileHandover: Sendable {
    /// The header that it takes a file's name in; nil for one that wants the bytes.
    private let header: String?
    private let data: DataFolder

    fileprivate init(_ request: Request, _ data: DataFolder) { (header, self.data) = (request.parameters["SENDFILE_HEADER"], data) }

    /// - Parameter type: nil takes it from the file's name.
    public func response(sending file: WebServerFile, as type: MediaType? = nil) throws -> Response {
        let (location, folder, path): (String, String, String) = switch file {
        case .thumbnail(let path): ("/_imagebed/thumbs/", data.thumbnails, path)
        case .upload(let stored): ("/_imagebed/uploads/", data.uploads, stored.text)
        }
        var response = Response(.ok)
        switch header {
        case "X-Accel-Redirect": response.headers.set("X-Accel-Redirect", location + (StoredPath(path)?.encoded ?? path))
        case "X-Sendfile": response.headers.set("X-Sendfile", "\(folder)/\(path)")
        default: try response.send(Folder(folder).file(path))
        }
        if let type = type ?? path.split(separator: ".").last.flatMap({ MediaType(fileExtension: String($0)) }) {
            response.headers.set("Content-Type", type.mime)
        }
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        return response
    }
}

extension Visit {
    public var handover: FileHandover { FileHandover(request, site.data) }
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
