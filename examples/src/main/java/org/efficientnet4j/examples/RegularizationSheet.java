package org.efficientnet4j.examples;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.BatchMixing;
import org.efficientnet4j.data.augment.automatic.RandAugment;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.examples.support.Pictures;
import org.efficientnet4j.graph.layers.SeededDropout;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A sheet of what the phases of a training make of the same images: as they are, under RandAugment, under mixup, and which
 * features dropout takes from the classifier. Pictures have twice their size in pixels, so that one sees them grow.
 */
final class RegularizationSheet {
    private static final int ENLARGED = 2;
    private static final int SHOWN = 3;
    private static final int BATCH = 8;
    private static final int GAP = 10;
    private static final int HEADING = 26;
    private static final int NOTES = 190;
    private static final int FEATURES = 256;
    private static final long SEED = 5;

    private final List<ProgressivePhase> phases;
    private final ImageSource images;
    private final int tile;
    private final Graphics2D graphics;
    private final BufferedImage picture;

    private RegularizationSheet(ImageSource images, List<ProgressivePhase> phases) {
        this.images = images;
        this.phases = phases;
        this.tile = ENLARGED * phases.get(phases.size() - 1).size();
        int width = NOTES + (3 * SHOWN + 1) * (tile + GAP) + 3 * GAP;
        this.picture =
                new BufferedImage(width, HEADING + phases.size() * (tile + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        this.graphics = picture.createGraphics();
    }

    /** Draws the sheet. */
    static BufferedImage draw(ImageSource images, List<ProgressivePhase> phases) {
        System.setProperty("java.awt.headless", "true");
        RegularizationSheet sheet = new RegularizationSheet(images, phases);
        sheet.paint();
        return sheet.picture;
    }

    private void paint() {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.setColor(Color.BLACK);
        List<String> headings = List.of("as they are", "RandAugment", "mixup", "dropout");
        for (int group = 0; group < headings.size(); group++) {
            graphics.drawString(headings.get(group), left(group, 0), HEADING - 8);
        }
        for (int row = 0; row < phases.size(); row++) {
            paint(row, phases.get(row));
        }
        graphics.dispose();
    }

    private void paint(int row, ProgressivePhase phase) {
        Strengths strengths = phase.strengths();
        int top = HEADING + row * (tile + GAP);
        String[] notes = {
            "phase %d: %d pixels".formatted(row + 1, phase.size()),
            String.format(Locale.ROOT, "RandAugment %.1f", strengths.randAugment()),
            String.format(Locale.ROOT, "mixup %.2f", strengths.mixup()),
            String.format(Locale.ROOT, "dropout %.2f", strengths.dropout())
        };
        for (int line = 0; line < notes.length; line++) {
            graphics.drawString(notes[line], GAP, top + 16 + 18 * line);
        }
        AugmentationPolicy plain = AugmentationPolicy.none();
        AugmentationPolicy randAugment = strengths.randAugment() == 0
                ? plain
                : plain.and(new RandAugment(RandAugment.USUAL_LAYERS, strengths.randAugment()));
        AugmentationPolicy mixup = plain.andOnBatches(new BatchMixing(strengths.mixup(), 0));
        List<AugmentationPolicy> policies = List.of(plain, randAugment, mixup);
        for (int group = 0; group < policies.size(); group++) {
            List<BufferedImage> made = batch(phase.size(), policies.get(group));
            for (int i = 0; i < SHOWN; i++) {
                paint(made.get(i), left(group, i), top);
            }
        }
        paint(dropped(strengths.dropout()), left(policies.size(), 0), top, tile);
    }

    private int left(int group, int column) {
        return NOTES + group * (SHOWN * (tile + GAP) + GAP) + column * (tile + GAP);
    }

    private void paint(BufferedImage image, int x, int y) {
        paint(image, x, y, ENLARGED * image.getWidth());
    }

    private void paint(BufferedImage image, int x, int y, int side) {
        graphics.drawImage(image, x, y, side, side, null);
    }

    /** The first images of a batch of the training's own pipeline, made visible again. */
    private List<BufferedImage> batch(int size, AugmentationPolicy policy) {
        ImagePipeline pipeline = ImagePipeline.builder(images)
                .size(size)
                .batch(BATCH)
                .seed(SEED)
                .normalization(Normalization.IMAGENET)
                .augmentation(policy)
                .build();
        List<BufferedImage> made = new ArrayList<>();
        try (EpochIterator batches = pipeline.epoch(0)) {
            INDArray features = batches.next().getFeatures();
            for (int i = 0; i < SHOWN; i++) {
                made.add(Pictures.of(features.slice(i), Normalization.IMAGENET));
            }
        }
        return made;
    }

    /** The mask of a step's dropout over the features that the classifier reads: black ones it does not see. */
    private static BufferedImage dropped(double rate) {
        INDArray seen = Nd4j.ones(DataType.FLOAT, 1, FEATURES);
        new SeededDropout(rate, SEED).applyDropout(seen, seen, 0, 0, LayerWorkspaceMgr.noWorkspaces());
        int side = (int) Math.sqrt(FEATURES);
        BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < FEATURES; i++) {
            mask.setRGB(i % side, i / side, seen.getDouble(0, i) == 0 ? 0x202020 : 0xF0C040);
        }
        return mask;
    }
}
