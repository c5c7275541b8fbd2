// All texts of the pages in one language. A page takes what it needs: `words.navigation.home`.

import Text

/// The texts of the pages. (A class: a copy of some hundred texts for each that is shown took longer than the rest of a list.)
public final class Words: Sendable {
    public let language: Language
    public let common: CommonWords
    public let navigation: NavigationWords
    public let upload: UploadWords
    public let queue: QueueWords
    public let signIn: SignInWords
    public let register: RegisterWords
    public let password: PasswordWords
    public let account: AccountWords
    public let keys: KeyWords
    public let clients: ClientWords
    public let security: SecurityWords
    public let users: UserWords
    public let settings: SettingsWords
    public let settingsScript: SettingsScriptWords
    public let files: FileWords
    public let gallery: GalleryWords
    public let galleryScript: GalleryScriptWords
    public let selection: SelectionWords
    public let siteFiles: SiteFileWords
    public let json: JSONWords
    public let conflicts: ConflictWords
    public let jsonErrors: JSONErrorWords
    public let details: DetailsWords
    public let fileChanges: FileChangeWords
    public let history: HistoryWords
    public let terms: TermsWords
    public let logs: LogWords
    public let chart: ChartWords
    public let defaultToken: DefaultTokenWords
    public let errors: ErrorWords
    public let api: APIWords
    public let apiOperations: APIOperationWords
    public let apiFields: APIFieldWords
    public let apiErrors: APIErrorWords
    public let apiSamples: APISampleWords

    private init(language: Language) {
        self.language = language
        common = .of(language)
        navigation = .of(language)
        upload = .of(language)
        queue = .of(language)
        signIn = .of(language)
        register = .of(language)
        password = .of(language)
        account = .of(language)
        keys = .of(language)
        clients = .of(language)
        security = .of(language)
        users = .of(language)
        settings = .of(language)
        settingsScript = .of(language)
        files = .of(language)
        gallery = .of(language)
        galleryScript = .of(language)
        selection = .of(language)
        siteFiles = .of(language)
        json = .of(language)
        conflicts = .of(language)
        jsonErrors = .of(language)
        details = .of(language)
        fileChanges = .of(language)
        history = .of(language)
        terms = .of(language)
        logs = .of(language)
        chart = .of(language)
        defaultToken = .of(language)
        errors = .of(language)
        api = .of(language)
        apiOperations = .of(language)
        apiFields = .of(language)
        apiErrors = .of(language)
        apiSamples = .of(language)
    }

    private static let all = [Language: Words](uniqueKeysWithValues: Language.allCases.map { ($0, Words(language: $0)) })

    public static func of(_ language: Language) -> Words { all[language] ?? Words(language: language) }

    /// Every group, for tests.
    var groups: [any WordGroup] { Mirror(reflecting: self).children.compactMap { $0.value as? any WordGroup } }
}
