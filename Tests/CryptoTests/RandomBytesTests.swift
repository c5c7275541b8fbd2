import Crypto
import Testing

@Suite struct RandomBytesTests {
    @Test(arguments: [0, 1, 32, 4096]) func lengthIsAsAsked(count: Int) {
        #expect(RandomBytes.make(count).count == count)
    }

    @Test func noTwoAreTheSame() {
        #expect(Set((0..<1000).map { _ in RandomBytes.make(16) }).count == 1000)
    }
}
