package org.efficientnet4j.cli.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.HtmlPage;
import org.efficientnet4j.train.report.TrainingReport;

/** The page beside the pictures: a section an image, with what each network looks at. */
final class ExplainPage {
    private static final String GRID = "grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr))";
    private static final String NOTE =
            "Bright is what speaks for the class: in a Grad-CAM, the parts of the feature map"
                    + " that raise the class's logit, as shares of the strongest; under occlusion, squares without which the"
                    + " class becomes less probable. A bright map says where a network looks, not that it is right.";

    private ExplainPage() {}

    /**
     * The markup.
     *
     * @param layer whose map the Grad-CAMs are of
     * @param originals by image, the file name of what the first network saw of it
     * @param explanations in the order of the images
     */
    static String html(String layer, Map<String, String> originals, List<Explanation> explanations) {
        HtmlPage page = new HtmlPage("What the networks look at", TrainingReport.class, "report.css")
                .header(Html.element("p", NOTE + " Layer: " + layer + "."));
        Set<String> models = new LinkedHashSet<>();
        explanations.forEach(each -> models.add(each.model()));
        originals.forEach((image, original) -> {
            List<Html> figures = new ArrayList<>();
            figures.add(figure(original, "The image as the network sees it", image));
            for (Explanation each : explanations) {
                if (each.image().equals(image)) {
                    figures.add(figure(each.picture(), caption(each, models.size() > 1), image));
                }
            }
            page.section(
                    "wide", image, "", Html.box("pictures").with("style", GRID).add(figures));
        });
        return page.toString();
    }

    private static String caption(Explanation each, boolean named) {
        String what = each.kind() == Explanation.Kind.FEATURE_MAPS
                ? "The feature maps that answer most"
                : String.format(
                        Locale.ROOT, "%s: %s, %.1f %%", each.kind().title(), each.label(), 100 * each.probability());
        return named ? each.model() + ". " + what : what;
    }

    private static Html figure(String file, String caption, String image) {
        return Html.element("figure")
                .add(
                        Html.element("div")
                                .add(Html.element("img")
                                        .with("src", file)
                                        .with("class", "png")
                                        .with("alt", caption + " (" + image + ")")),
                        Html.element("figcaption", caption));
    }
}
