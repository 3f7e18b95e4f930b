
/* A layer that was frozen at first has fewer reports than the run: its values belong to the last ones. */
var renderMeanMagFromFirst = renderMeanMagChart;
renderMeanMagChart = function (data) {
    var magnitudes = data["meanMag"];
    var lists = Object.values(magnitudes["paramMM"]);
    if (lists.length > 0 && lists[0].length > 0) {
        magnitudes["iterCounts"] = magnitudes["iterCounts"].slice(-lists[0].length);
    }
    renderMeanMagFromFirst(data);
};
