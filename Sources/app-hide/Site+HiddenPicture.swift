// Which pictures hidden links show.

import EasyImagesAPI
import Site

extension Site {
    /// The picture of a hidden link; nil if there is none. With the public key, only files that were published through the site are shown.
    func hiddenPicture(_ form: HiddenForm) throws -> TreePicture? {
        switch form {
        case .own(let path): return try picture(at: path)
        case .old(let path, let isPublic): return try picture(at: path).flatMap { $0.row != nil || !isPublic ? $0 : nil }
        case .nothing: return nil
        }
    }
}
