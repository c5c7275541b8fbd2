import Site
import Testing

@Suite struct DefaultTokenTests {
    @Test(arguments: [
        DefaultToken("1c17"), DefaultToken("1c17", uses: 0), DefaultToken("1c17", uses: 412, lastUse: 1_751_336_100),
        DefaultToken("1c17", uses: 412, lastUse: 1_751_336_100, choice: .keep, key: 7), DefaultToken("1c17", choice: .refuse),
    ])
    func whatIsKeptIsReadAgain(token: DefaultToken) { #expect(DefaultToken(record: token.record) == token) }

    @Test(arguments: ["", "\n", "uses", "uses x\nchoice y\nlast\n", "what else 1\n"])
    func whatIsNotUnderstoodDoesNotCount(record: String) { #expect(DefaultToken(record: record) == DefaultToken("")) }

    @Test(arguments: [(nil, nil, true), (1, nil, true), (0, nil, false), (1, .refuse, false), (nil, .keep, false), (5, .replace, false)]
        as [(Int?, DefaultToken.Choice?, Bool)])
    func whenSomebodyHasToDecide(uses: Int?, choice: DefaultToken.Choice?, expected: Bool) {
        #expect(DefaultToken("1c17", uses: uses, choice: choice).needsDecision == expected)
    }
}
