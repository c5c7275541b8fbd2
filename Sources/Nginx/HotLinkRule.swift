// A hot-link rule stands in a location for pictures (BT, OneinStack): `valid_referers none blocked NAME; if ($invalid_referer) { … }`. The
// new site's pictures have locations of their own, so that the rule moves to the server block, for the same addresses.

/// The rule of one location.
struct HotLinkRule {
    /// Lines of a server block.
    let lines: [String]

    /// nil for a location that does more than that.
    init?(_ location: OldLocation) {
        let (referers, refusals) = (location.inner.named("valid_referers"), location.inner.named("if"))
        guard referers.count == 1, refusals.count == 1, refusals[0].arguments.joined() == "($invalid_referer)",
              let answer = refusals[0].block, answer.count == 1, HotLinkRule.isAnswer(answer[0]), let condition = HotLinkRule.others(location)
        else { return nil }
        let rest = location.inner.filter { !["valid_referers", "if"].contains($0.name) }
        guard rest.allSatisfy({ ["access_log", "add_header", "error_log", "etag", "expires", "log_not_found"].contains($0.name) }) else { return nil }
        lines = [
            referers[0].text, "set $imagebed_hot_link $invalid_referer;", "if (\(condition) ) { set $imagebed_hot_link \"\"; }",
            "if ($imagebed_hot_link) { \(answer[0].text) }",
        ]
    }

    /// An answer that needs no file of the old site.
    private static func isAnswer(_ directive: Directive) -> Bool {
        directive.name == "return" || directive.name == "rewrite" && directive.arguments.dropFirst().first?.contains("://") == true
    }

    /// The condition for all other addresses.
    private static func others(_ location: OldLocation) -> String? {
        switch location.modifier {
        // (The word as it is written: a bracket at its end is apart from the one of `if`.)
        case "~": return "$uri !~ \(location.word)"
        case "~*": return "$uri !~* \(location.word)"
        case "=": return "$uri != \(location.word)"
        default:
            guard location.path.wholeMatch(of: /\/[A-Za-z0-9_\/.-]*[A-Za-z0-9_-]\/?/) != nil else { return nil }
            return "$uri !~ \"^\(location.path.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\."))\""
        }
    }
}
