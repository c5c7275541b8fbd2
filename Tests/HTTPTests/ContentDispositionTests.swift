import HTTP
import Testing

@Suite struct ContentDispositionTests {
    @Test(arguments: [
        ("ok.svg", "attachment; filename=\"ok.svg\""),
        ("a b(1).jpg", "attachment; filename=\"a b(1).jpg\""),
        ("假.jpg", "attachment; filename=\"___.jpg\"; filename*=UTF-8''%E5%81%87.jpg"),
        ("a\"b\\c%41.jpg", "attachment; filename=\"a_b_c_41.jpg\"; filename*=UTF-8''a%22b%5Cc%2541.jpg"),
        ("é'*;.png", "attachment; filename=\"__'*;.png\"; filename*=UTF-8''%C3%A9%27%2A%3B.png"),
        ("a\r\nX: y", "attachment; filename=\"a__X: y\"; filename*=UTF-8''a%0D%0AX%3A%20y"),
    ])
    func attachments(name: String, value: String) { #expect(ContentDisposition.attachment(name) == value) }
}
