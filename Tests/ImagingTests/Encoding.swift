// What a picture is encoded to, as bytes.

import Glibc
import Imaging
import Media

extension Picture {
    func encode(as type: MediaType, quality: Int) throws -> [UInt8] {
        var template = Array("/tmp/imagebed-picture-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        unlink(template)
        defer { close(file) }
        _ = try write(as: type, quality: quality, into: file)
        var status = stat()
        fstat(file, &status)
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        guard pread(file, &bytes, bytes.count, 0) == bytes.count else { throw ImagingError(.refused, "half a file") }
        return bytes
    }
}
