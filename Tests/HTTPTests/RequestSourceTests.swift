// What browsers say about the page that sends a request, and whether its cookies count.

import HTTP
import Testing

struct RequestSourceTests {
    @Test(arguments: [
        // Sec-Fetch-Site, Origin, Host.
        (nil, nil, nil, .unknown), ("same-origin", nil, nil, .ownPage), ("none", nil, nil, .ownPage),
        ("cross-site", nil, nil, .foreignPage), ("same-site", nil, nil, .foreignPage), ("", nil, nil, .foreignPage),
        ("cross-site", "https://img.example.org", nil, .foreignPage), ("same-origin", "https://evil.example", nil, .ownPage),
        (nil, "https://img.example.org", nil, .ownPage), (nil, "https://img.example.org", "127.0.0.1", .ownPage),
        (nil, "http://img.example.org", nil, .foreignPage), (nil, "https://evil.example", "img.example.org", .foreignPage),
        (nil, "http://10.0.0.1:8080", "10.0.0.1:8080", .ownPage), (nil, "http://10.0.0.1:8080", "10.0.0.1", .foreignPage),
        (nil, "null", "null", .foreignPage), (nil, "", "", .foreignPage), (nil, "https://", "", .foreignPage),
        (nil, "https://img.example.org.evil.example", "img.example.org", .foreignPage), (nil, "file://", nil, .foreignPage),
    ] as [(String?, String?, String?, RequestSource)])
    func whosePage(site: String?, origin: String?, host: String?, expected: RequestSource) {
        #expect(request("POST", site, origin, host).source(site: "https://img.example.org") == expected)
    }

    @Test(arguments: [
        ("GET", nil, true), ("HEAD", nil, true), ("POST", nil, false), ("DELETE", nil, false), ("GET", "cross-site", false),
        ("POST", "same-origin", true), ("POST", "cross-site", false),
    ] as [(String, String?, Bool)])
    func whetherCookiesCount(method: String, site: String?, expected: Bool) {
        #expect(request(method, site, nil, nil).mayUseCookies(site: "https://img.example.org") == expected)
    }

    private func request(_ method: String, _ site: String?, _ origin: String?, _ host: String?) -> Request {
        var parameters = ["REQUEST_METHOD": method]
        parameters["HTTP_SEC_FETCH_SITE"] = site
        parameters["HTTP_ORIGIN"] = origin
        parameters["HTTP_HOST"] = host
        return Request(parameters: parameters, body: PiecewiseBody(""))
    }
}
