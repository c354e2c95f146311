"""The look of every chart: palette and rules of the Government Analysis Function.

Source: Analysis Function guidance on colours and on publishing charts (analysisfunction.civilservice.gov.uk).
"""

from __future__ import annotations

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"
GREY = "#BFBFBF"
"""Everyone but the focus. Under 3:1 on white, so bars in it have an outline."""
FURNITURE = "#D6D6D6"
TEXT = "#0B0C0C"
MID_BLUE = "#2073BC"
LIGHT_BLUE = "#6BACE6"
"""Under 3:1 on white, so areas in it have an outline."""

CATEGORICAL = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE)
FONT = "Arial, Helvetica, sans-serif"


def config() -> dict[str, object]:
    """The Vega-Lite configuration that every chart leaves with."""
    text = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelColor": TEXT,
        "titleColor": TEXT,
        "titleFontWeight": "normal",
    }
    return {
        "background": "white",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {**text, "gridColor": FURNITURE, "domainColor": FURNITURE, "tickColor": FURNITURE, "labelLimit": 320},
        "axisY": {"grid": False, "domain": False, "ticks": False, "labelPadding": 8},
        "header": {**text, "labelFontSize": 14, "labelFontWeight": "bold", "labelAnchor": "start", "title": None},
        "legend": {**text, "orient": "top", "title": None, "symbolType": "square"},
        "text": {"font": FONT, "fontSize": 13, "color": TEXT},
        "range": {"category": list(CATEGORICAL)},
    }


def register() -> None:
    """Make the look known to Altair, for charts of one's own: `alt.theme.enable("councilbench")`."""
    import altair as alt  # noqa: PLC0415  (the command line should start without it)

    @alt.theme.register("councilbench", enable=False)
    def councilbench() -> alt.theme.ThemeConfig:
        return alt.theme.ThemeConfig(config=config())
