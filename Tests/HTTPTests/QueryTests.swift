import HTTP
import Testing

@Suite struct QueryTests {
    @Test(arguments: [
        ("", []), ("a", [""]), ("a=", [""]), ("a=1", ["1"]), ("a=1&b=2&a=3", ["1", "3"]), ("&&a=1&", ["1"]), ("=a", []),
        ("a=b=c", ["b=c"]), ("a=b+c", ["b c"]), ("a=b%2Bc%20d", ["b+c d"]), ("%61=1", ["1"]), ("a=%", ["%"]), ("a=%4", ["%4"]), ("a=%zz%41", ["%zzA"]),
        ("a=%E4%B8%AD", ["中"]), ("a=中", ["中"]), ("a=%FF%00", ["\u{FFFD}\u{0}"]), ("A=1", []), ("a[]=1", []), ("a=1;b=2", ["1;b=2"]),
        ("a=%3D%26%3d", ["=&="]),
    ] as [(String, [String])])
    func values(_ text: String, _ values: [String]) {
        let query = Query(text)
        #expect(query.all("a") == values)
        #expect(query.first("a") == values.first)
        #expect(query.text == text)
    }

    @Test func namesAreComparedAsBytes() {
        #expect(Query("e\u{301}=1").first("é") == nil)
        #expect(Query("%E2%84%AA=1").first("K") == nil)
    }

    @Test func whatIsOverTheLimitsIsNotLookedAt() {
        let many = (0..<2_000).map { "n\($0)=1" }.joined(separator: "&")
        #expect(Query(many).first("n1099") == "1")
        #expect(Query(many).first("n1100") == nil)
        let long = "a=" + String(repeating: "x", count: 70_000) + "&b=1"
        #expect(Query(long).first("a")?.count == Query.lengthLimit - 2)
        #expect(Query(long).first("b") == nil)
        #expect(Query(String(repeating: "&", count: 65_000) + "b=1").first("b") == "1")
    }
}
