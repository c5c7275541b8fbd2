import Crypto
import Testing

@Suite struct ConstantTimeTests {
    @Test(arguments: [
        ([], [], true), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false), ([1, 2], [1], false), ([], [0], false),
    ] as [([UInt8], [UInt8], Bool)])
    func equality(one: [UInt8], other: [UInt8], same: Bool) {
        #expect(ConstantTime.equal(one, other) == same)
    }
}
