// Which profiles count as sRGB: by their numbers, whatever their texts say.

import Media
import Testing
@testable import Imaging

@Suite struct ColorProfileTests {
    /// Made with the same primaries as sRGB's, and another curve.
    static let profiles: [(name: String, description: ColorDescription, isSRGB: Bool)] = [
        ("sRGB", ColorDescription(.sRGB), true), ("linear", ColorDescription(.power(1)), false), ("2.2", ColorDescription(.power(2.2)), false),
        ("video", ColorDescription(.video), false), ("Display P3", ColorDescription(primaries: 12, transfer: 13)!, false),
        ("BT.2020", ColorDescription(primaries: 9, transfer: 13)!, false), ("PQ", ColorDescription(primaries: 1, transfer: 16)!, false),
        ("HLG", ColorDescription(primaries: 1, transfer: 18)!, false),
    ]

    @Test(arguments: profiles.indices) func isJudgedByNumbers(_ row: Int) throws {
        let (_, description, isSRGB) = Self.profiles[row]
        #expect(try #require(ColorProfile(ColorProfile.made(of: description))).isSRGB == isSRGB)
    }

    /// The primaries that the specification of sRGB gives for D50, in the order of the tags of a profile.
    @Test func primariesAreThoseOfSRGB() throws {
        let bytes = ProfileBytes(ColorProfile.sRGB[...])
        let wanted = [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.71410]]
        for (place, column) in wanted.enumerated() {
            let offset = try #require(bytes.number32(at: 132 + 12 * (3 + place) + 4))
            for row in 0..<3 { #expect(abs(try #require(bytes.fixed(at: offset + 8 + 4 * row)) - column[row]) < 0.0005) }
        }
    }

    @Test func damagedProfilesAreNone() {
        let whole = ColorProfile.sRGB
        for count in 0..<whole.count { #expect(ColorProfile(Array(whole[..<count]))?.isSRGB != true || count > whole.count - 4) }
        for place in whole.indices {
            for byte: UInt8 in [0, 0x7F, 0xFF] {
                var changed = whole
                changed[place] = byte
                _ = ColorProfile(changed)?.isSRGB
            }
        }
    }

    @Test func whiteIsWhite() {
        for transfer: ColorDescription.Transfer in [.sRGB, .video, .power(1.8), .perceptualQuantizer, .hybridLogGamma] {
            #expect(abs(transfer.light(of: 1) - 1) < 0.001)
            #expect(abs(transfer.light(of: 0)) < 0.001)
        }
    }
}
