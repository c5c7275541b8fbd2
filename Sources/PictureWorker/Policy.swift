// ImageMagick ships open: its default reads remote files, runs delegates and decodes a hundred formats. This policy leaves
// five coders and says how much each picture may cost. It is program text, so that no installation can lack it.

/// ImageMagick's policy.xml, as the picture worker gets it.
enum Policy {
    /// Figures for pictures of at most 50 megapixels, measured with ImageMagick 6.9.11.
    ///
    /// `area` with `map` and `disk` 0 is a refusal instead of a slow file. `memory` is ImageMagick's account: a grey PNG
    /// costs 18 bytes a pixel there. There is no `time` on purpose: it counts from the first use of the pixel cache in the
    /// process and ends the process. `list-length` 64 is what the self-test recognises this text by.
    static let text = """
        <?xml version="1.0" encoding="UTF-8"?>
        <policymap>
          <policy domain="resource" name="thread" value="1"/>
          <policy domain="resource" name="memory" value="1GiB"/>
          <policy domain="resource" name="map" value="0"/>
          <policy domain="resource" name="disk" value="0"/>
          <policy domain="resource" name="area" value="50MP"/>
          <policy domain="resource" name="width" value="16KP"/>
          <policy domain="resource" name="height" value="16KP"/>
          <policy domain="resource" name="list-length" value="64"/>
          <policy domain="resource" name="file" value="32"/>
          <policy domain="system" name="max-memory-request" value="512MiB"/>
          <policy domain="delegate" rights="none" pattern="*"/>
          <policy domain="filter" rights="none" pattern="*"/>
          <policy domain="path" rights="none" pattern="@*"/>
          <policy domain="path" rights="none" pattern="|*"/>
          <policy domain="coder" rights="none" pattern="*"/>
          <policy domain="coder" rights="read|write" pattern="{PNG,JPEG,GIF,WEBP,BMP}"/>
        </policymap>

        """

    static let fileName = "policy.xml"
}
