// Tests look at the bytes of a picture; the worker only hands them on.

import Imaging
import Media

extension Picture {
    func encode(as type: MediaType, quality: Int) throws -> [UInt8] {
        try encode(as: type, quality: quality) { Array($0) }
    }
}
