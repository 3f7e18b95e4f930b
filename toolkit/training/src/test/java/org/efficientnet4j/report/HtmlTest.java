package org.efficientnet4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void escapesTextAndAttributes() {
        assertEquals(
                "<p title='&#39; onclick=&#39;x'>&lt;script&gt; &amp; <b>&quot;</b></p>",
                Html.element("p")
                        .with("title", "' onclick='x")
                        .text("<script> & ")
                        .add(Html.element("b", "\""))
                        .toString());
    }

    @Test
    void closesNoElementThatHasNoContent() {
        assertEquals(
                "<img src='a.png'>", Html.element("img").with("src", "a.png").toString());
    }

    @Test
    void refusesANameThatCouldBeMarkup() {
        assertThrows(IllegalArgumentException.class, () -> Html.element("p><script"));
        assertThrows(IllegalArgumentException.class, () -> Html.element("p").with("a onclick", ""));
    }

    @Test
    void putsNamesLeftAndNumbersRight() {
        HtmlTable table = new HtmlTable().names("class").numbers("images").row("<cat>", "3");

        assertEquals(
                "<table><thead><tr><th class='left'>class</th><th>images</th></tr></thead>"
                        + "<tbody><tr><td class='left'>&lt;cat&gt;</td><td>3</td></tr></tbody></table>",
                table.table().toString());
        assertThrows(IllegalArgumentException.class, () -> table.row("dog"));
    }

    @Test
    void makesAPageWithItsTitleEscaped() {
        String page = new HtmlPage("a </title><script>", HtmlTest.class, "HtmlTest.class")
                .section("wide", "Loss", "", Html.element("p", "text"))
                .toString();

        assertTrue(page.contains("<title>a &lt;/title&gt;&lt;script&gt;</title>"));
        assertTrue(page.contains("<section class='wide'><h2>Loss</h2><p>text</p></section>"));
    }
}
