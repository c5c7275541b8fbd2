// What a page gets to show: the thumbnail, the file itself, or the picture that says there is none, so that a page that
// embeds the address always has a picture of a known size.

import House
import HTTP
import Responder
import Thumbnails

struct ThumbnailReply {
    private let answer: ThumbnailAnswer
    private let wish: ThumbnailForm

    init(_ answer: ThumbnailAnswer, _ wish: ThumbnailForm) {
        self.answer = answer
        self.wish = wish
    }

    func response(to request: Request, from house: House) throws -> Response {
        switch (answer, wish.path) {
        case (.cached(let file), _): try Response(sending: .thumbnail(file), for: request, from: house)
        case (.original, let path?): try Response(sending: .upload(path), for: request, from: house)
        case (.original, nil), (.notAPicture, _), (.missing, _): Response.missingPicture(status: .notFound)
        }
    }
}
