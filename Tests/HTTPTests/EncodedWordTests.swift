import Testing

@testable import HTTP

@Suite struct EncodedWordTests {
    @Test(arguments: [
        ("plain.png", "plain.png"), ("", ""), ("=", "="), ("=?", "=?"), ("=?utf-8", "=?utf-8"), ("=?utf-8?B", "=?utf-8?B"),
        ("=?utf-8?B?YQ==?=", "a"), ("=?UTF-8?b?YQ?=", "a"), ("=?utf8?Q?a_b=20c?=", "a b c"), ("=?us-ascii?q?a?=", "a"),
        ("=?utf-8?B?5Lit?=.png", "中.png"), ("x =?utf-8?B?5Lit?= y", "x 中 y"), ("=?iso-8859-1?Q?=E9?=", "é"),
        // A letter cut in two, blanks between words.
        ("=?utf-8?B?5A==?= =?utf-8?B?uK0=?=", "中"), ("=?utf-8?Q?a?=\t =?utf-8?Q?b?=c", "abc"), ("=?utf-8?Q?a?= b", "a b"),
        ("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
        // Not words.
        ("=?gbk?B?1tA=?=", "=?gbk?B?1tA=?="), ("=?utf-8?X?YQ==?=", "=?utf-8?X?YQ==?="), ("=?utf-8?B?Y!Q=?=", "=?utf-8?B?Y!Q=?="),
        ("=?utf-8?B?YQ==", "=?utf-8?B?YQ=="), ("=?utf-8?Q?a? b?=", "=?utf-8?Q?a? b?="), ("=?utf-8?Q?=4?=", "=4"), ("=?utf-8?Q?=?=", "="),
        ("=?utf-8?Q??=", ""), ("?=a=?", "?=a=?"),
    ])
    func words(_ text: String, _ decoded: String) {
        #expect(String(decoding: EncodedWord.decode(Bytes(text.utf8)), as: UTF8.self) == decoded)
    }

    @Test(arguments: ["=?", "=?utf-8?", "=?utf-8?q?", "=?utf-8?q?a?= ", "=?utf-8?b?", "=?="])
    func longNonsenseTakesNoTime(_ text: String) {
        let many = Bytes(String(repeating: text, count: 16_384 / text.utf8.count).utf8)
        for _ in 0..<10 { #expect(EncodedWord.decode(many).count <= many.count) }
    }
}
