// Lets the web server send a file. nginx takes an internal URL (X-Accel-Redirect), Apache with mod_xsendfile an absolute path; for other
// servers the response contains the bytes.

import Disk
import HTTP
import Media
import Process
import Site

/// A file in one of the folders that the web server can read.
public enum WebServerFile {
    /// Below `thumbs/`.
    case thumbnail(String)
    /// Below `uploads/`.
    case upload(StoredPath)
}

/// How the web server that sent a request is told which file to send.
public struct FileHandover: Sendable {
    /// The header for the file's name; nil if the response must contain the bytes.
    private let header: String?
    private let data: DataFolder

    fileprivate init(_ request: Request, _ data: DataFolder) { (header, self.data) = (request.parameters["SENDFILE_HEADER"], data) }

    /// - Parameter type: nil derives it from the file's name.
    public func response(sending file: WebServerFile, as type: MediaType? = nil) throws -> Response {
        let (location, folder, path): (String, String, String) = switch file {
        case .thumbnail(let path): ("/_imagebed/thumbs/", data.thumbnails, path)
        case .upload(let stored): ("/_imagebed/uploads/", data.uploads, stored.text)
        }
        var response = Response(.ok)
        switch header {
        case "X-Accel-Redirect": response.headers.set("X-Accel-Redirect", location + (StoredPath(path)?.encoded ?? path))
        case "X-Sendfile": response.headers.set("X-Sendfile", "\(folder)/\(path)")
        default: try response.send(FileHandover.open(path, in: Folder(folder)))
        }
        // (nginx says by the path how long a copy counts, and would say it twice.)
        if header != "X-Accel-Redirect", StoredPath(path)?.isExpiring ?? false { response.headers.set("Cache-Control", ExpiringFolder.cacheControl) }
        if let type = type ?? path.split(separator: ".").last.flatMap({ MediaType(fileExtension: String($0)) }) {
            response.headers.set("Content-Type", type.mime)
        }
        response.headers.set("X-Content-Type-Options", "nosniff")
        response.headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        return response
    }

    /// - Throws: `Problem` 503 if the file was removed since it was found, with the picture that was deleted or replaced: who asks again is told
    ///   what is there then.
    private static func open(_ path: String, in folder: Folder) throws -> File {
        do {
            return try folder.file(path)
        } catch let error as DiskError where error.kind == .missing {
            throw Problem.tryLater(because: "\(error): it was removed after it had been found")
        }
    }
}

extension Visit {
    public var handover: FileHandover { FileHandover(request, site.data) }
}

extension Response {
    /// The "404" image, for clients that expect an image: `404.png` in the folder `IMAGEBED_HTDOCS`.
    public static func missingPicture(status: Status) -> Response { ownPicture("404.png", status) }

    /// A neutral tile in place of a thumbnail that cannot be made.
    public static var tile: Response { ownPicture("tile.png", .ok) }

    private static func ownPicture(_ name: String, _ status: Status) -> Response {
        var response = Response(status)
        response.headers.set("Content-Type", "image/png")
        response.headers.set("Cache-Control", "no-store")
        if let folder = Environment["IMAGEBED_HTDOCS"], let file = try? Folder(folder).file(name) {
            response.send(file)
        }
        return response
    }

    /// Sets a file as the body.
    mutating func send(_ file: File) {
        headers.set("Content-Length", "\(file.size)")
        body = .stream { write in try file.forEachPiece(write) }
    }
}
