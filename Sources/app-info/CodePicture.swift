// A QR code as a picture within the page: one line of SVG whose strokes are the dark modules.

import HTML
import QRCode

struct CodePicture {
    let code: QRCode
    /// For those who do not see it.
    let name: String

    var markup: Markup {
        let side = code.size + 2 * QRCode.quietZone
        return """
            <svg class="code" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(name)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path stroke="#000" d="\((0..<code.size).map(row).joined())"/></svg>

            """
    }

    /// The strokes of a row, each as long as the dark modules beside each other.
    private func row(_ y: Int) -> String {
        var (path, x, end) = ("M\(QRCode.quietZone) \(y + QRCode.quietZone).5", 0, 0)
        while x < code.size {
            let start = x
            while x < code.size, code[x, y] { x += 1 }
            guard x > start else {
                x += 1
                continue
            }
            path += (start > end ? "m\(start - end) 0" : "") + "h\(x - start)"
            end = x
        }
        return path
    }
}
