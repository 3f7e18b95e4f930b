
/* DL4J's server leaves two rows of the overview's table empty: when the training started, and how long it has run. */
var renderWithoutStart = renderModelPerformanceTable;
renderModelPerformanceTable = function (data) {
    renderWithoutStart(data);
    $.getJSON("/train/overview/start", function (start) {
        var seconds = Math.max(0, Math.round((data["updateTimestamp"] - start) / 1000));
        var two = function (number) { return String(number).padStart(2, "0"); };
        $("#startTime").text(new Date(start).toLocaleString());
        $("#totalRuntime").text(
            Math.floor(seconds / 3600) + ":" + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60));
    });
};
