// Makes profiles: sRGB's, as the target of conversions, and one for a picture that states its colors without a profile.

import Media

extension ColorProfile {
    /// sRGB.
    static let sRGB = made(of: ColorDescription(.sRGB))

    /// A profile with three primaries and one curve (ICC.1:2022, 8.3.3).
    static func made(of description: ColorDescription) -> [UInt8] {
        let curve = curve(of: description.transfer)
        let primaries = Matrix.toConnectionSpace(description).columns.map { "XYZ ".bytes + big32(0) + $0.flatMap(fixed) }
        var tags = [("desc", text(" ")), ("cprt", text(" ")), ("wtpt", "XYZ ".bytes + big32(0) + Matrix.connectionWhite.flatMap(fixed))]
        tags += zip(["rXYZ", "gXYZ", "bXYZ"], primaries).map { ($0, $1) }
        tags += ["rTRC", "gTRC", "bTRC"].map { ($0, curve) }
        var (table, body) = (big32(tags.count), [UInt8]())
        let start = 132 + 12 * tags.count
        for (name, data) in tags {
            table += name.bytes + big32(start + body.count) + big32(data.count)
            body += data + [UInt8](repeating: 0, count: -data.count & 3)
        }
        return header(size: start + body.count) + table + body
    }

    /// 128 bytes: size, version 4.3, a display profile, RGB to XYZ, a date, the signature, D50 (7.2).
    private static func header(size: Int) -> [UInt8] {
        let head = big32(size) + big32(0) + big32(0x0430_0000) + "mntrRGB XYZ ".bytes + [0x07, 0xE8, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
            + "acsp".bytes + [UInt8](repeating: 0, count: 28) + Matrix.connectionWhite.flatMap(fixed)
        return head + [UInt8](repeating: 0, count: 128 - head.count)
    }

    private static func curve(of transfer: ColorDescription.Transfer) -> [UInt8] {
        switch transfer {
        case .sRGB: parametric([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])
        case .video: parametric([1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081])
        case .power(let exponent): "para".bytes + big32(0) + big32(0) + fixed(exponent)
        case .perceptualQuantizer, .hybridLogGamma:
            "curv".bytes + big32(0) + big32(curveSteps) + (0..<curveSteps).flatMap { step in
                let light = Int(transfer.light(of: Double(step) / Double(curveSteps - 1)) * 65535)
                return [UInt8(light >> 8), UInt8(light & 0xFF)]
            }
        }
    }

    private static let curveSteps = 1024

    /// Function 3: a power function above a linear part.
    private static func parametric(_ numbers: [Double]) -> [UInt8] { "para".bytes + big32(0) + [0, 3, 0, 0] + numbers.flatMap(fixed) }

    /// A text in one language.
    private static func text(_ words: String) -> [UInt8] {
        let encoded = words.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        return "mluc".bytes + big32(0) + big32(1) + big32(12) + "enUS".bytes + big32(encoded.count) + big32(28) + encoded
    }

    private static func fixed(_ value: Double) -> [UInt8] { big32(Int((value * 65536).rounded())) }

    private static func big32(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
}

extension String {
    fileprivate var bytes: [UInt8] { Array(utf8) }
}

/// Three columns of three numbers.
private struct Matrix {
    var columns: [[Double]]

    /// D50, the white of the profile connection space.
    static let connectionWhite = [0.9642, 1, 0.8249]

    /// The Bradford transformation, by which white points are adapted (ICC.1:2022, annex E).
    private static let bradford = Matrix(columns: [[0.8951, -0.7502, 0.0389], [0.2664, 1.7135, -0.0685], [-0.1614, 0.0367, 1.0296]])

    /// From light of red, green and blue to CIE XYZ, adapted to D50.
    static func toConnectionSpace(_ description: ColorDescription) -> Matrix {
        let white = xyz(description.white)
        let primaries = Matrix(columns: [description.red, description.green, description.blue].map(xyz))
        let sums = primaries.inverse.times(white)
        let scaled = Matrix(columns: zip(primaries.columns, sums).map { column, sum in column.map { $0 * sum } })
        let (from, to) = (bradford.times(white), bradford.times(connectionWhite))
        return Matrix(columns: scaled.columns.map { column in
            bradford.inverse.times(zip(bradford.times(column), zip(from, to)).map { $0 * $1.1 / $1.0 })
        })
    }

    private static func xyz(_ point: ColorDescription.Point) -> [Double] { [point.x / point.y, 1, (1 - point.x - point.y) / point.y] }

    private func times(_ vector: [Double]) -> [Double] {
        (0..<3).map { row in (0..<3).reduce(0) { $0 + columns[$1][row] * vector[$1] } }
    }

    private var inverse: Matrix {
        let (a, b, c) = (columns[0], columns[1], columns[2])
        func cross(_ u: [Double], _ v: [Double]) -> [Double] {
            [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
        }
        // The rows of the inverse are the cross products of two columns, divided by the determinant.
        let rows = [cross(b, c), cross(c, a), cross(a, b)]
        let determinant = zip(a, rows[0]).reduce(0) { $0 + $1.0 * $1.1 }
        return Matrix(columns: (0..<3).map { column in rows.map { $0[column] / determinant } })
    }
}
