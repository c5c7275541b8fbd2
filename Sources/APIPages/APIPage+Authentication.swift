// How a program proves who sends it, and how somebody gets a key: the sentences of the replaced page, because people follow them step by step.

import HTML
import Words

extension APIPage {
    var authentication: Markup {
        """
        <section class="card" aria-labelledby="authentication">
        <h2 id="authentication">\(words.authentication)</h2>
        <p>\(words.authenticationText)</p>
        <h3>\(words.byToken)</h3>
        \(snippet(APIPage.tokenSample, id: "by-token"))<h3>\(words.byHeader)</h3>
        <p>\(words.byHeaderText)</p>
        \(snippet(APIPage.headerSample, id: "by-header"))<h3>\(words.bySession)</h3>
        <p>\(words.bySessionText)</p>
        <h3 id="key">\(words.howToGetKey)</h3>
        <ol>
        <li>\(words.signIn(on: frame.settings.siteName)) <a href="\(frame.links.address(.account))">\(words.account)</a></li>
        <li>\(words.stepCreate)</li>
        <li>\(words.stepName)</li>
        <li>\(words.stepCopy)</li>
        </ol>
        </section>

        """
    }

    private static let tokenSample = APISample(.curl, """
        curl -X POST "{base}/api/v1/upload.php" \\
          -F "image=@image.png" \\
          -F "token=your-api-key"
        """)

    private static let headerSample = APISample(.curl, """
        curl -X POST "{base}/api/v1/upload.php" \\
          -H "X-API-Key: your-api-key" \\
          -F "file=@image.png"
        """)

    /// A text to copy.
    ///
    /// - Parameter id: unique on the page.
    func snippet(_ sample: APISample, id: String) -> Markup { snippet(sample.text(base: base, frame.words.apiSamples), id: id) }

    func snippet(_ text: String, id: String) -> Markup {
        """
        <pre id="\(id)" tabindex="0">\(text)</pre>
        <p><button type="button" data-copy="\(id)">\(frame.words.common.copy)</button></p>

        """
    }
}
