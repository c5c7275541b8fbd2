// ImageMagick's default policy is permissive: it allows remote files, delegates and a hundred formats. This policy allows
// five coders and limits the cost of each picture. It is part of the program, so that no installation can lack it.

/// ImageMagick's policy.xml for the picture worker.
enum Policy {
    /// Figures for pictures of at most 50 megapixels, measured with ImageMagick 6.9.11.
    ///
    /// `map` and `disk` 0 make ImageMagick fail at the `area` limit instead of using a slow file. `memory` is ImageMagick's own count,
    /// where a gray PNG costs 18 bytes per pixel. `time` is not set: it counts from the first use of the pixel cache in the process
    /// and exits the process. The self-test identifies this policy by `list-length` 64.
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
