// A failed request as a page, in the language of its reader: what happened and what to do. The message for programs is not shown; it is
// English and part of the API.

import HTML
import HTTP
import Responder
import Settings
import Words

extension Dialect {
    /// HTML pages: errors are pages for browsers, and texts for everybody else. Who is not signed in is sent to the sign-in page.
    public static let page = Dialect.pages { problem, failed in
        guard failed.request.isForPage else { return nil }
        let frame = ErrorPage.frame(of: failed)
        if problem.status == .unauthorized {
            guard failed.request.method == .post, let visit = failed.visit else { return frame.signInRedirect(back: failed.request) }
            return SignedOutPage(visit, frame).response
        }
        return ErrorPage(problem, frame, id: failed.isLogged ? failed.request.id : nil).response
    }
}

struct ErrorPage: Reply {
    let response: Response

    /// - Parameter id: of the line in the log that has the cause; nil if there is none.
    init(_ problem: Problem, _ frame: PageFrame, id: RequestID?) {
        let (words, seconds) = (frame.words.errors, problem.retryAfter)
        let (heading, help) = words.text(for: problem.status)
        let content: Markup = """
            <p role="alert">\(help)\(seconds.map { " \(words.retry(seconds: $0))" as Markup })</p>
            <p><a class="button primary" href="\(frame.home)">\(words.home)</a></p>
            \(id.map { "<p class=\"code\">\(problem.status.code) · \(words.id) <code>\($0.description)</code></p>\n" as Markup })
            """
        var page = Page(heading, at: nil, content: content)
        page.layout = .message
        var response = frame.response(page, status: problem.status)
        for (name, value) in problem.headers { response.headers.set(name, value) }
        self.response = response
    }

    /// With the site's settings where they can be read. Nobody is signed in on an error page if the database does not tell who.
    fileprivate static func frame(of failed: FailedRequest) -> PageFrame {
        if let visit = failed.visit, let frame = try? visit.frame { return frame }
        let settings = (try? failed.visit?.settings) ?? presets(below: failed.request.prefix)
        return PageFrame(settings, Choices(failed.request, settings))
    }

    /// The settings that a site has before any is stored; its links begin with the prefix nevertheless.
    private static func presets(below prefix: String) -> Settings {
        var settings = Settings()
        if let address = BaseURL(BaseURL.unset.text + prefix) { settings.baseURL = address }
        return settings
    }
}

extension ErrorWords {
    /// What happened, and what to do.
    func text(for status: Status) -> (heading: String, help: String) {
        switch status {
        case .unauthorized: (signedOut, signedOutHelp)
        case .forbidden: (forbidden, forbiddenHelp)
        case .notFound: (notFound, notFoundHelp)
        case .methodNotAllowed: (method, methodHelp)
        case .contentTooLarge: (tooLarge, tooLargeHelp)
        case .tooManyRequests: (tooMany, tooManyHelp)
        case .serviceUnavailable: (busy, busyHelp)
        case .insufficientStorage: (full, fullHelp)
        case _ where status.code >= 500: (broken, brokenHelp)
        default: (badRequest, badRequestHelp)
        }
    }
}
