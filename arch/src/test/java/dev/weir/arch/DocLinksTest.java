package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links between pages lead somewhere, and the index of docs lists every page; and the check itself
/// bites.
class DocLinksTest {
  @Test
  void linksLeadSomewhere() {
    Map<String, List<String>> broken = new TreeMap<>();
    for (Path page : DocLinks.pages(Sources.root())) {
      List<String> links = DocLinks.broken(page);
      if (!links.isEmpty()) {
        broken.put(Sources.root().relativize(page).toString(), links);
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void indexListsEveryPage() {
    assertThat(DocLinks.unlisted(Sources.root().resolve("docs"))).isEmpty();
    assertThat(DocLinks.unlisted(Sources.root().resolve("docs/decisions"))).isEmpty();
  }

  @Test
  void linksToNowhereBite(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        """
        # A page: `code`, and more
        [good](page.md#a-page-code-and-more) [above](#a-page-code-and-more) [far](https://example.com/x)
        [no file](gone.md) [no heading](page.md#gone) `[code](gone.md)`
        ```
        [in a block](gone.md)
        ```
        """);
    assertThat(DocLinks.broken(page)).containsExactly("gone.md", "page.md#gone");
  }

  @Test
  void unlistedPageBites(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("README.md"), "[listed](listed.md#part)\n");
    Files.writeString(folder.resolve("listed.md"), "# Listed\n## Part\n");
    Files.writeString(folder.resolve("forgotten.md"), "# Forgotten\n");
    assertThat(DocLinks.unlisted(folder)).containsExactly("forgotten.md");
  }
}
