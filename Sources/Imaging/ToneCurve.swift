// Transfer functions: from a stored value to light, both 0...1.

import Glibc
import Media

/// A curve of a color profile (ICC.1:2022, 10.6 and 10.18).
enum ToneCurve {
    /// The number of the function, and its parameters in the order g, a, b, c, d, e, f.
    case parametric(Int, [Double])
    case table([Double])

    private static let parameterCounts = [1, 3, 4, 5, 7]

    /// nil if the element is damaged or of another type.
    init?(_ element: ProfileBytes) {
        switch element.name(at: 0) {
        case "para":
            guard let kind = element.number16(at: 8), kind < ToneCurve.parameterCounts.count else { return nil }
            let numbers = (0..<ToneCurve.parameterCounts[kind]).compactMap { element.fixed(at: 12 + 4 * $0) }
            guard numbers.count == ToneCurve.parameterCounts[kind] else { return nil }
            self = .parametric(kind, numbers)
        case "curv":
            guard let count = element.number32(at: 8) else { return nil }
            switch count {
            case 0: self = .parametric(0, [1])
            case 1:
                guard let power = element.number16(at: 12) else { return nil }
                self = .parametric(0, [Double(power) / 256])
            default:
                guard count <= element.count / 2 else { return nil }
                let values = (0..<count).compactMap { element.number16(at: 12 + 2 * $0) }
                guard values.count == count else { return nil }
                self = .table(values.map { Double($0) / 65535 })
            }
        default: return nil
        }
    }

    /// The light of a stored value.
    func light(of value: Double) -> Double {
        switch self {
        case .table(let values):
            let place = value * Double(values.count - 1)
            let lower = min(Int(place), values.count - 2)
            return values[lower] + (values[lower + 1] - values[lower]) * (place - Double(lower))
        case .parametric(let kind, let numbers):
            let all = numbers + [Double](repeating: 0, count: 7 - numbers.count)
            return ToneCurve.light(of: value, kind, all)
        }
    }

    private static func light(of value: Double, _ kind: Int, _ n: [Double]) -> Double {
        switch kind {
        case 0: pow(value, n[0])
        case 1: n[1] * value + n[2] >= 0 ? pow(n[1] * value + n[2], n[0]) : 0
        case 2: n[1] * value + n[2] >= 0 ? pow(n[1] * value + n[2], n[0]) + n[3] : n[3]
        case 3: value >= n[4] ? pow(n[1] * value + n[2], n[0]) : n[3] * value
        default: value >= n[4] ? pow(n[1] * value + n[2], n[0]) + n[5] : n[3] * value + n[6]
        }
    }

    /// Whether no stored value differs by more than 1.5 of 255 from what sRGB has for the same light.
    var isSRGB: Bool {
        (0...64).allSatisfy { step in
            let value = Double(step) / 64
            return abs(ToneCurve.sRGBValue(ofLight: light(of: value)) - value) <= 1.5 / 255
        }
    }

    /// IEC 61966-2-1, 5.2.
    private static func sRGBValue(ofLight light: Double) -> Double {
        light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
    }
}

extension ColorDescription.Transfer {
    /// Light for a stored value; 1 is white. HDR functions reach beyond white (203 cd/m², ITU-R BT.2408), and are cut there.
    func light(of value: Double) -> Double {
        switch self {
        case .sRGB: value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        case .video: value < 0.081 ? value / 4.5 : pow((value + 0.099) / 1.099, 1 / 0.45)
        case .power(let exponent): pow(value, exponent)
        case .perceptualQuantizer: min(1, ofPerceptualQuantizer(value) * 10_000 / 203)
        case .hybridLogGamma: min(1, pow(ofHybridLogGamma(value), 1.2) * 1_000 / 203)
        }
    }

    /// ITU-R BT.2100, table 4: 1 is 10,000 cd/m².
    private func ofPerceptualQuantizer(_ value: Double) -> Double {
        let root = pow(value, 32.0 / 2523)
        return pow(max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root), 16384.0 / 2610)
    }

    /// ITU-R BT.2100, table 5: light of the scene, 1 is the brightest.
    private func ofHybridLogGamma(_ value: Double) -> Double {
        value <= 0.5 ? value * value / 3 : (exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
    }
}
