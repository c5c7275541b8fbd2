// What people call a browser, out of the header that it sends. Browsers name each other there, so the order of the tables matters.

import Glibc

/// The name of a browser and of the system on which it runs.
public struct BrowserName: Sendable {
    /// "Chrome · Linux"; what it sent where neither is known.
    public let text: String

    /// - Parameter userAgent: the header `User-Agent`.
    public init(userAgent: String) {
        // strstr(3), because a log has a name in each row: String.contains takes 2 ms for fifty.
        let known = userAgent.withCString { header in
            func name(in table: [(sign: String, name: String)]) -> String? { table.first { strstr(header, $0.sign) != nil }?.name }
            return [name(in: BrowserName.browsers), name(in: BrowserName.systems)].compactMap { $0 }
        }
        text = known.isEmpty ? userAgent : known.joined(separator: " · ")
    }

    /// Chrome names Safari, and most others name Chrome.
    private static let browsers = [
        ("MicroMessenger/", "微信"), ("QQBrowser/", "QQ"), ("UCBrowser/", "UC"), ("MiuiBrowser/", "MIUI"), ("HuaweiBrowser/", "HUAWEI"),
        ("SamsungBrowser/", "Samsung Internet"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]

    /// Android names Linux, and iPhones name Mac OS X.
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ]
}
