package io.keylesspull.ui.component;

import javafx.scene.layout.Region;
import javafx.scene.shape.SVGPath;

/** Small icons, drawn as shapes so that they take the theme's colours; each in a square of 16 by 16. */
public enum Icon {
    CHECK("M6.2 12.6 1.9 8.3 3.3 6.9 6.2 9.8 12.7 3.3 14.1 4.7Z"),
    CROSS("M3.4 2 8 6.6 12.6 2 14 3.4 9.4 8 14 12.6 12.6 14 8 9.4 3.4 14 2 12.6 6.6 8 2 3.4Z"),
    WARNING("M8 1 15.5 14.5H.5ZM7.2 6V10H8.8V6ZM7.2 11.2V12.8H8.8V11.2Z"),
    PLUS("M7 2H9V7H14V9H9V14H7V9H2V7H7Z"),
    CHANGE("M2 4H10V1L15 5 10 9V6H2ZM14 12H6V15L1 11 6 7V10H14Z"),
    FOUND("M8 2A6 6 0 1 1 7.9 2ZM8 4A4 4 0 1 0 8.1 4Z"),
    UNDO("M6.5 1.5 7.9 2.9 5.8 5H9.5A4.75 4.75 0 0 1 9.5 14.5H4V12.5H9.5A2.75 2.75 0 0 0 9.5 7H5.8L7.9 9.1 6.5 10.5"
            + " 2 6Z"),
    COPY("M5 1H14V11H11V15H2V5H5ZM6.5 2.5V5H11V9.5H12.5V2.5ZM3.5 6.5V13.5H9.5V6.5Z"),
    ARROW("M1 7H11.2L7.6 3.4 9 2 15 8 9 14 7.6 12.6 11.2 9H1Z"),
    DOWN("M3.2 5 8 9.8 12.8 5 14 6.2 8 12.2 2 6.2Z"),
    GEAR("M7 1H9L9.4 3 11 3.7 12.7 2.6 13.9 3.8 12.8 5.5 13.3 7 15 7.2V9L13.2 9.3 12.6 10.9 13.6 12.5 12.4 13.7 "
            + "10.8 12.6 9.2 13.2 8.9 15H7.1L6.8 13.2 5.2 12.6 3.6 13.7 2.4 12.5 3.4 10.9 2.8 9.3 1 9V7.2L2.7 7 "
            + "3.3 5.5 2.2 3.8 3.4 2.6 5.1 3.7 6.6 3ZM8 5.5A2.5 2.5 0 1 0 8.1 5.5Z"),
    REGISTRY("M2 2H7V7H2ZM9 2H14V7H9ZM2 9H7V14H2ZM9 9H14V14H9Z"),
    IMAGE("M8 1 15 4.5 8 8 1 4.5ZM3 7 8 9.5 13 7 15 8 8 11.5 1 8ZM3 10.5 8 13 13 10.5 15 11.5 8 15 1 11.5Z"),
    MACHINE("M1 2H15V11H9V13H12V14.5H4V13H7V11H1ZM2.6 3.6V9.4H13.4V3.6Z"),
    CLUSTER("M8 1 14 4.5V11.5L8 15 2 11.5V4.5ZM8 2.8 3.6 5.4V10.6L8 13.2 12.4 10.6V5.4ZM8 5.2 10.5 6.6V9.4L8 10.8 "
            + "5.5 9.4V6.6Z"),
    FLEET("M1 1H7V6H1ZM9 1H15V6H9ZM1 8H7V13H1ZM9 8H15V13H9ZM2.4 2.4V4.6H5.6V2.4Z"
            + "M10.4 2.4V4.6H13.6V2.4ZM2.4 9.4V11.6H5.6V9.4ZM10.4 9.4V11.6H13.6V9.4ZM1 14H15V15.4H1Z"),
    KEY("M10.5 1A4.5 4.5 0 1 1 7.9 9.1L6.5 10.5 8 12 6.8 13.2 5.3 11.7 4.2 12.8 5.5 14.1 4.4 15.2 1.7 12.6 6.7 7.6"
            + "A4.5 4.5 0 0 1 10.5 1ZM10.5 3A2.5 2.5 0 1 0 10.6 3Z"),
    PRACTICE("M6 1H10V2.5H9.4V6L14 13.4A1 1 0 0 1 13.2 15H2.8A1 1 0 0 1 2 13.4L6.6 6V2.5H6ZM8.1 6.6 5.6 10.5H10.4Z"),
    CLOUD("M4.5 13A3.5 3.5 0 0 1 4 6.1 4.3 4.3 0 0 1 12.3 6.6 3.2 3.2 0 0 1 12 13Z");

    /** Points in opposite corners, so that a shape keeps its place and proportions in the square. */
    private static final String FIELD = "M0 0H0ZM16 16H16Z";

    private final String path;

    Icon(String path) {
        this.path = path;
    }

    /**
     * @param size the length of its longer side, in pixels at the usual size of text; with larger text, the stylesheet
     *     makes it larger
     */
    public Region node(int size) {
        Region region = new Region();
        region.getStyleClass().addAll("icon", "icon-" + name().toLowerCase(java.util.Locale.ROOT), "icon-of-" + size);
        // Not by an inline style, which would be parsed for each icon.
        SVGPath shape = new SVGPath();
        shape.setContent(FIELD + path);
        region.setShape(shape);
        region.setMinSize(size, size);
        region.setPrefSize(size, size);
        region.setMaxSize(size, size);
        return region;
    }
}
