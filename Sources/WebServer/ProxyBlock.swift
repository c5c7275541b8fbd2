// What another web server in front of the site is told. Whatever the site itself decides (sizes, redirects, errors, ranges) it only passes on;
// it adds who the visitor is.

import Settings

/// The lines for the configuration of a proxy.
public struct ProxyBlock {
    /// The kinds of proxies; panels show the configuration of a site, of nginx, in a place of their own.
    public enum Kind: String, CaseIterable, Sendable {
        case nginx, apache, bt
        case onePanel = "1panel"
    }

    /// Where the proxy finds the site: "http://127.0.0.1:8090/pictures".
    private let site: BaseURL

    /// - Parameter site: host and port as the proxy reaches them, and the path prefix.
    public init(of site: BaseURL) { self.site = site }

    /// A folder, so that neither "/image" nor "/images" is meant.
    private var folder: String { site.pathPrefix + "/" }

    public func text(for kind: Kind) -> String {
        switch kind {
        case .nginx: nginx("in the server block of the site that visitors know")
        case .bt: nginx("宝塔: 网站 → 设置 → 配置文件, in the server block, before #SSL-START")
        case .onePanel: nginx("1Panel: 网站 → 配置 → 反向代理 → 源文, in the place of what is there; or in the server block of 配置文件")
        case .apache: apache
        }
    }

    /// `^~`: no location with a regular expression, such as those of panels for .php and for pictures, takes a path away. Requests and answers
    /// pass through as they come, so that nothing is stored twice, an upload goes on where it was, and a part of a video is a part.
    private func nginx(_ place: String) -> String {
        """
        # ImageBed: \(place).
        location ^~ \(folder) {
            proxy_pass \(site.origin);
            proxy_http_version 1.1;
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            client_max_body_size 0;
            proxy_request_buffering off;
            proxy_max_temp_file_size 0;
            proxy_cache off;
            proxy_redirect off;
            proxy_intercept_errors off;
            proxy_send_timeout 130s;
            proxy_read_timeout 130s;
        }
        \(site.pathPrefix.isEmpty ? ProxyBlock.nginxCertificates : "")
        """
    }

    /// Certificates are renewed through files of the proxy's own.
    private static let nginxCertificates = """
        # Files of this server's own root, by which certificates are renewed. (Leave this out if there is such a location.)
        location ^~ /.well-known/ { }

        """

    private static let apacheCertificates = #"ProxyPass "/.well-known/" "!""#

    /// (nginx leads there by itself.)
    private var folderWithoutSlash: String { #"RedirectMatch 301 "^\#(Expression.literal(site.pathPrefix))$" "\#(folder)""# }

    /// (A kept connection may be closed by the site at the moment in which Apache sends an upload on it, which it would not repeat.)
    private var apache: String {
        """
        # ImageBed: in the virtual host of the site that visitors know, before its other ProxyPass lines.
        # Once: a2enmod proxy proxy_http headers alias
        AllowEncodedSlashes NoDecode
        ProxyPreserveHost On
        \(site.pathPrefix.isEmpty ? ProxyBlock.apacheCertificates : folderWithoutSlash)
        ProxyPass "\(folder)" "\(site.text)/" nocanon disablereuse=On connectiontimeout=5 timeout=130
        <Location "\(folder)">
            LimitRequestBody 0
            RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"
        </Location>

        """
    }
}
